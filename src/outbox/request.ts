/** Builds the next request of a job. Pure. */
import { fail, ok, type Result } from "../lib/result.ts";
import { dialOrigin, legOrigin, type Base } from "../vonage/rest/hosts.ts";
import {
  changeLeg,
  isAddressable,
  lookUpLeg,
  makeCall,
  streamToLeg,
  talkToLeg,
  type RestRequest,
} from "../vonage/rest/requests.ts";
import type { Command, LegCommand } from "./job.ts";
import { lookUpRequest } from "./find-call.ts";
import { isDoubtful, type Queued } from "./schedule.ts";

/**
 * The request to do the job or, if it is in doubt, to find out what became of it; or why there can be none. `longestMs`: how long a
 * new call may last.
 */
export function requestOf(one: Queued, base: Base, longestMs: number): Result<RestRequest, string> {
  const { command } = one.job;
  const origin = originOf(command, base);
  if (origin === null) return fail("its region_url is no address of the carrier's");
  if (command.kind !== "dial" && !isAddressable(command.leg)) return fail("this is no leg's id");
  if (isDoubtful(one.job)) return ok(lookUpRequest(origin, one));
  return ok(
    command.kind === "dial"
      ? makeCall(origin, { ...command, longestMs })
      : legRequest(origin, command),
  );
}

function originOf(command: Command, base: Base): string | null {
  const { kind, regionUrl } = command;
  return kind === "dial" ? dialOrigin(regionUrl, base) : legOrigin(regionUrl, base);
}

function legRequest(origin: string, command: LegCommand): RestRequest {
  const { leg } = command;
  switch (command.kind) {
    case "talk":
      return talkToLeg(origin, leg, command);
    case "stream":
      return streamToLeg(origin, leg, command.url);
    case "look-up":
      return lookUpLeg(origin, leg);
    case "mute":
    case "unmute":
    case "earmuff":
    case "unearmuff":
    case "hangup":
      return changeLeg(origin, leg, command.kind);
  }
}
