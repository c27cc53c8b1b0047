/**
 * The points on which the carrier's documents are silent or contradict each other, and that can affect a bridge's state. Each
 * is a switch, so that a bridge has to be exact under every reading and not only under the one that we guessed.
 */
import type { Retry } from "../webhooks/retry.ts";
import type { GetHash } from "../webhooks/signing.ts";

export interface Silences {
  /** When a move into a conversation is reported of a caller who waits for it to start; `never`: of nobody. */
  readonly transfer: "at-once" | "at-start" | "never";
  /** Which conversation `completed` names: the one that the call began in, or the one that it ended in. */
  readonly completed: "origin" | "named";
  /** What is reported of the others when a leg with `endOnExit` closes the room. */
  readonly endOnExit: "at-once" | "late" | "no-completed";
  /** Whether a name's conversation keeps its id when everybody has left. */
  readonly conversation: "kept" | "renewed";
  /**
   * What goes to the `eventUrl` of a `conversation`: its recording alone, the states of its legs too, or those states
   * there and nowhere else. The documents say the first, an SDK of the carrier's the others.
   */
  readonly conversationEvents: "recording" | "states-too" | "states-only";
  /** Whether `answered` may come before the answer webhook. */
  readonly answered: "after-answer" | "before-answer";
  /** Whether member events of the RTC capability are posted too. */
  readonly rtc: "none" | "members";
  /** How often a failed webhook is sent again, and after which failures. */
  readonly retry: Retry;
  /** What the hash of a GET covers. */
  readonly getHash: GetHash;
}

/** Every value of every switch, the usual one first. */
export const SILENCE_VALUES: { readonly [K in keyof Silences]: readonly Silences[K][] } = {
  transfer: ["at-once", "at-start", "never"],
  completed: ["named", "origin"],
  endOnExit: ["at-once", "late", "no-completed"],
  conversation: ["kept", "renewed"],
  conversationEvents: ["recording", "states-too", "states-only"],
  answered: ["after-answer", "before-answer"],
  rtc: ["none", "members"],
  retry: ["once", "twice", "any-error"],
  getHash: ["article", "own-left-out", "values-encoded", "raw-query", "absent"],
};

/** The carrier as we read its documents. */
export const USUAL_SILENCES: Silences = {
  transfer: "at-once",
  completed: "named",
  endOnExit: "at-once",
  conversation: "kept",
  conversationEvents: "recording",
  answered: "after-answer",
  rtc: "none",
  retry: "once",
  getHash: "article",
};
