/** An entry of a conference's journal. Pure. */

/** Times in milliseconds since the epoch. */
export interface JournalEntry {
  leg: string | null;
  kind: string;
  status: string | null;
  /** The webhook's own time; null where it has none. */
  at: number | null;
  receivedAt: number;
  /** `applied`: it belongs to the leg's set and can matter to it; `ignored`: it is only written down. */
  outcome: "applied" | "ignored";
  /** The webhook as it came, as JSON, without digits that the caller entered. */
  body: string;
}

export type NumberedEntry = JournalEntry & { seq: number };
