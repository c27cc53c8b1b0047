/**
 * Commands and jobs. A command is one request to the carrier about one leg; a job is a command with its state. Both are stored and
 * sent between objects as JSON, so their fields keep their names. Pure.
 */
import type { JobState, JobView, LegAction } from "../contract/batch-view.ts";
import type { RateClass } from "./rate-limit.ts";

/** A leg: its conference, and the base URL of the carrier's REST API for it, as its webhooks named it. */
interface OfLeg {
  conference: string;
  leg: string;
  regionUrl: string | null;
}

export type LegCommand = OfLeg &
  (
    | { kind: LegAction }
    | { kind: "talk"; text: string; language?: string; style?: number; premium?: boolean }
    | { kind: "stream"; url: string }
    | { kind: "look-up" }
  );

export interface DialCommand {
  kind: "dial";
  conference: string;
  /** Our id of the call, because there is no leg id until the carrier has made the call. */
  dial: string;
  to: string;
  from: string;
  regionUrl: string | null;
  /** Where the carrier gets the NCCO once somebody answers, so that it follows the state of the conference at that moment. */
  answerUrl: string;
  eventUrl: string;
  hangUpOnMachine: boolean;
  ringSeconds?: number;
}

export type Command = LegCommand | DialCommand;

/** Times in milliseconds since the epoch. */
export interface Job {
  /** Unique. For a `dial` it derives from the command's own id, so that a webhook can find the job. */
  readonly id: string;
  readonly batch: string;
  /** The position in the order of submission. */
  readonly seq: number;
  readonly createdAt: number;
  readonly command: Command;
  readonly state: JobState;
  /** When it was last sent. */
  readonly sentAt: number | null;
  /** Why it is not done, as a sentence. */
  readonly detail: string | null;
  /** The called leg's last status, or what a look-up found. */
  readonly status: string | null;
  /** For a `dial`, null until the leg is known. */
  readonly leg: string | null;
}

export function isFinal(state: JobState): boolean {
  return state !== "waiting" && state !== "sending";
}

export function jobId(command: Command, batch: string, position: number): string {
  return command.kind === "dial" ? dialJobId(command.dial) : `${batch}/${position}`;
}

export function dialJobId(dial: string): string {
  return `dial/${dial}`;
}

/** Lower is sent first: what a moderator does to a leg, then announcements, then calls, then look-ups, which nobody waits for. */
export function priorityOf({ kind }: Command): number {
  switch (kind) {
    case "mute":
    case "unmute":
    case "earmuff":
    case "unearmuff":
    case "hangup":
      return 0;
    case "talk":
    case "stream":
      return 1;
    case "dial":
      return 2;
    case "look-up":
      return 3;
  }
}

/** The rate class of the command itself. */
export function rateClassOf({ kind }: Command): RateClass {
  return kind === "dial" ? "create" : "other";
}

/**
 * Jobs with the same subject are sent one at a time, in the order of submission: an `unmute` that overtook the `mute` before it
 * would leave the leg muted.
 */
export function subjectOf(command: Command): string {
  if (command.kind === "dial") return dialJobId(command.dial);
  const kind = command.kind.replace(/^un(?=mute|earmuff)/, "");
  return `${kind}/${command.leg}`;
}

/** Whether a command may be sent again if it is not known whether it reached the carrier. */
export function isIdempotent({ kind }: Command): boolean {
  return kind !== "dial" && kind !== "talk" && kind !== "stream";
}

export function jobView({ command, leg, state, detail, status }: Job): JobView {
  const [dial, to] = command.kind === "dial" ? [command.dial, command.to] : [null, null];
  return { kind: command.kind, leg, dial, to, state, detail, status };
}
