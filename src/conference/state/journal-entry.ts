/** An entry of a conference's journal. Pure. */

/** Times in milliseconds since the epoch. */
export interface JournalEntry {
  leg: string | null;
  kind: string;
  status: string | null;
  /** The fact's own time; null where it has none. */
  at: number | null;
  receivedAt: number;
  /** `applied`: it joined the leg's set and can change its state; `ignored`: it is only journalled. */
  outcome: "applied" | "ignored";
  /** The webhook as it came, as JSON, without the digits that a caller entered. */
  body: string;
}

export type NumberedEntry = JournalEntry & { seq: number };
