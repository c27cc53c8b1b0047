/** What became of the commands that an operator gave, as the API gives it. Pure. */

/** What can be done to a leg. */
export type LegAction = "mute" | "unmute" | "earmuff" | "unearmuff" | "hangup";

export type CommandKind = LegAction | "talk" | "stream" | "look-up" | "dial";

/**
 * `waiting` to be sent; `sending`: it may have reached the carrier; `done`: the carrier has confirmed it; `gone`: the carrier
 * does not know the leg; `refused`: it was not done, and will not be; `unknown`: whether it was done cannot be found out.
 */
export type JobState = "waiting" | "sending" | "done" | "gone" | "refused" | "unknown";

export interface JobView {
  kind: CommandKind;
  leg: string | null;
  dial: string | null;
  to: string | null;
  state: JobState;
  detail: string | null;
  status: string | null;
}

export interface BatchView {
  batch: string;
  conference: string;
  total: number;
  /** How many are `waiting` or `sending`. */
  pending: number;
  /** ISO 8601. */
  createdAt: string;
  jobs: JobView[];
}
