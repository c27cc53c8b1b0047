/** Finds out whether a job was done whose reply was lost, by asking the carrier about the call. Pure. */
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

/** A new call takes some time to appear in the carrier's list, so it is searched twice, with this pause before each. */
const LISTED_AFTER_MS = 4_000;
export const MAX_SEARCHES = 2;

/** How far the carrier's clock may be behind ours. */
const CLOCK_SKEW_MS = 60_000;
/** How many of the latest calls are searched: more than an account makes while one is in doubt. */
const MAX_SEARCHED = 10 * PAGE_SIZE;

const NO_REPLY = "the carrier did not answer; it may have been played, so it is not sent again";

/** When to ask first. */
export function lookUpFrom({ command, sentAt }: Job): number {
  return command.kind === "dial" ? (sentAt ?? 0) + LISTED_AFTER_MS : 0;
}

export function lookUpRequest(origin: string, { job, searched }: Queued): RestRequest {
  const { command, sentAt } = job;
  return command.kind === "dial"
    ? listCalls(origin, (sentAt ?? job.createdAt) - CLOCK_SKEW_MS, searched)
    : lookUpLeg(origin, command.leg);
}

/** `isKnown`: whether a leg belongs to another job, and so is not the one in question. */
export function verdictOfLookUp(
  one: Queued,
  reply: RestReply,
  isKnown: (leg: string) => boolean,
): Verdict {
  const { command } = one.job;
  if (command.kind === "dial") return ofList(one, command, reply, isKnown);
  if (reply.status === 404) return settled("gone", "the carrier does not know the leg any more");
  if (reply.status !== 200) return settled("unknown", refusalReason(reply));
  const status = readCall(reply)?.status;
  return TERMINAL_STATUSES.some((terminal) => terminal === status)
    ? settled("gone", `the leg has ended: ${status}`)
    : settled("unknown", NO_REPLY);
}

function ofList(
  { searched }: Queued,
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
  const soFar = searched + page.calls.length;
  return page.calls.length > 0 && soFar < Math.min(page.count, MAX_SEARCHED)
    ? { kind: "next page", searched: soFar }
    : { kind: "not listed", afterMs: LISTED_AFTER_MS };
}

function digits(number: string): string {
  return number.replace(/^\+/, "");
}
