/** Codes with which sockets are closed (RFC 6455, 7.4), and the reasons that we give. Pure. */

const NORMAL = 1000;

/** What a client did is not what it may do; the reason says what. */
export const POLICY_VIOLATION = 1008;

export const SESSION_OVER = "the session is over";
export const TOO_MANY_MESSAGES = "too many messages";

/** Stand for what was not sent, and may not be sent. */
const RESERVED = new Set([1004, 1005, 1006, 1015]);

/** The code that answers a client's close: its own, where it is one that can be sent. */
export function closeAnswer(code: number): number {
  const isSendable = Number.isInteger(code) && code >= 1000 && code <= 4999;
  return isSendable && !RESERVED.has(code) ? code : NORMAL;
}
