/** What the carrier's word about its calls means for a job of which nobody knows whether it was done. Pure. */
import { TERMINAL_STATUSES } from "../vonage/event.ts";
import {
  readCall,
  readPage,
  refusalReason,
  type CallReport,
  type RestReply,
} from "../vonage/rest/replies.ts";
import { lookUpLeg, listCalls, PAGE_SIZE, type RestRequest } from "../vonage/rest/requests.ts";
import type { DialCommand, Job } from "./job.ts";
import type { Queued } from "./schedule.ts";
import { settled, type Verdict } from "./verdict.ts";

/** A call that was just made gets some time to appear in the carrier's list, and is looked for twice. */
const LISTED_AFTER_MS = 4_000;
export const MOST_MISSES = 2;

/** The carrier's clock may be behind ours by this much. */
const CLOCK_SKEW_MS = 60_000;
/** How many of the latest calls are looked at: more than an account makes in the time that one is in doubt. */
const MOST_LOOKED = 10 * PAGE_SIZE;

const UNHEARD = "the carrier did not answer; it may have been played, so it is not sent again";

/** When the first look makes sense. */
export function lookFrom({ command, sentAt }: Job): number {
  return command.kind === "dial" ? (sentAt ?? 0) + LISTED_AFTER_MS : 0;
}

export function lookRequest(origin: string, { job, looked }: Queued): RestRequest {
  const { command, sentAt } = job;
  return command.kind === "dial"
    ? listCalls(origin, (sentAt ?? job.createdAt) - CLOCK_SKEW_MS, looked)
    : lookUpLeg(origin, command.leg);
}

/** `isKnown`: whether a leg is another job's, and so not the one looked for. */
export function ofLook(one: Queued, reply: RestReply, isKnown: (leg: string) => boolean): Verdict {
  const { command } = one.job;
  if (command.kind === "dial") return ofList(one, command, reply, isKnown);
  if (reply.status === 404) return settled("gone", "the carrier does not know the leg any more");
  if (reply.status !== 200) return settled("unknown", refusalReason(reply));
  const status = readCall(reply)?.status;
  return TERMINAL_STATUSES.some((terminal) => terminal === status)
    ? settled("gone", `the leg has ended: ${status}`)
    : settled("unknown", UNHEARD);
}

function ofList(
  { looked }: Queued,
  { to, from }: DialCommand,
  reply: RestReply,
  isKnown: (leg: string) => boolean,
): Verdict {
  const page = reply.status === 200 ? readPage(reply) : null;
  if (page === null) return settled("unknown", refusalReason(reply));
  const isIt = (call: CallReport): boolean =>
    call.to === digits(to) && call.from === digits(from) && !isKnown(call.leg);
  const found = page.calls.find(isIt);
  if (found !== undefined) {
    return settled("done", null, { leg: found.leg, status: found.status });
  }
  const seen = looked + page.calls.length;
  return page.calls.length > 0 && seen < Math.min(page.count, MOST_LOOKED)
    ? { kind: "look on", looked: seen }
    : { kind: "missed", afterMs: LISTED_AFTER_MS };
}

function digits(number: string): string {
  return number.replace(/^\+/, "");
}
