/** What is shown of a recording. Pure. */

/** A recording as the API shows it: never with an address, which would be asked with a token of its own. */
export interface RecordingView {
  id: string;
  /** ISO 8601. */
  startedAt: string | null;
  endedAt: string | null;
  seconds: number | null;
  /** Bytes. */
  size: number | null;
  conversation: string | null;
  transcribed: boolean;
}
