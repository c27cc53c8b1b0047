/** Where sources disagree or are silent about the REST side: what is assumed, and what a test may assume instead. */
export interface Readings {
  /**
   * Links in bodies. The specification shows `/calls?…`; the official Node SDK's tests show absolute ones, and it can
   * only follow those.
   */
  readonly links: "relative" | "absolute";
  /** `to` and `from` of a call: objects in the specification, arrays of one in the official PHP SDK's fixtures. */
  readonly parties: "object" | "array";
  /** What a command to a leg that has ended is answered with. The specification has 404 alone. */
  readonly gone: 400 | 404;
  /**
   * How long after its creation a call that is not answered cannot be hung up, in milliseconds: until then a hang-up
   * is answered 400, and clients are told to wait about two seconds (Vonage support, article 10359615124380).
   */
  readonly earlyHangupMs: number;
}

export const DEFAULT_READINGS: Readings = {
  links: "relative",
  parties: "object",
  gone: 404,
  earlyHangupMs: 2000,
};
