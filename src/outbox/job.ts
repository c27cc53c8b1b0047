/**
 * What is asked of the carrier, and what became of it. A command is one thing that happens to one leg; a job is a
 * command on its way.
 */
import type { JobState, JobView, LegAction } from "../contract/batch-view.ts";
import type { RateClass } from "./rate-limit.ts";

/** Which leg: in which conference, and the carrier's base URL for it, as its webhooks named it. */
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
  /** Our id of the call: there is no leg before the carrier has made one. */
  dial: string;
  to: string;
  from: string;
  regionUrl: string | null;
  /** Asked for the NCCO once somebody picks up: what holds for the conference then is what counts. */
  answerUrl: string;
  eventUrl: string;
  hangUpOnMachine: boolean;
  ringSeconds?: number;
}

export type Command = LegCommand | DialCommand;

/** Times in milliseconds since the epoch. */
export interface Job {
  /** Tells it from every other job; of a `dial` made from its own id, so that a webhook finds it. */
  readonly id: string;
  readonly batch: string;
  /** The order in which jobs were submitted. */
  readonly seq: number;
  readonly createdAt: number;
  readonly command: Command;
  readonly state: JobState;
  /** When it was last sent. */
  readonly sentAt: number | null;
  /** Why it is not done, for people. */
  readonly detail: string | null;
  /** The called leg's last status, or what a look-up found. */
  readonly status: string | null;
  /** The leg: of a `dial`, once it is known. */
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

/** What goes first: a moderator's hand, then announcements, then calls; look-ups have all the time in the world. */
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

/** Which of the carrier's limits the command itself falls under. */
export function rateClassOf({ kind }: Command): RateClass {
  return kind === "dial" ? "create" : "other";
}

/**
 * Jobs of one subject go one after the other, in the order in which they were submitted: an `unmute` that overtakes the
 * `mute` before it would leave the leg muted.
 */
export function subjectOf(command: Command): string {
  if (command.kind === "dial") return dialJobId(command.dial);
  const kind = command.kind.replace(/^un(?=mute|earmuff)/, "");
  return `${kind}/${command.leg}`;
}

/** Whether a command may be sent again when nobody knows whether it has reached the carrier. */
export function isIdempotent({ kind }: Command): boolean {
  return kind !== "dial" && kind !== "talk" && kind !== "stream";
}

export function jobView({ command, leg, state, detail, status }: Job): JobView {
  const [dial, to] = command.kind === "dial" ? [command.dial, command.to] : [null, null];
  return { kind: command.kind, leg, dial, to, state, detail, status };
}
