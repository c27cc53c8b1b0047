/** Codes and reasons with which the Worker closes sockets (RFC 6455, 7.4). Pure. */

const NORMAL = 1000;

/** The client broke a rule; the reason says which. */
export const POLICY_VIOLATION = 1008;

export const SESSION_OVER = "the session is over";

/** Codes that stand for a close frame that was never sent. Sending one is an error. */
const RESERVED = new Set([1004, 1005, 1006, 1015]);

/** The code that answers a client's close: the client's own, if it may be sent. */
export function closeAnswer(code: number): number {
  const isSendable = Number.isInteger(code) && code >= 1000 && code <= 4999;
  return isSendable && !RESERVED.has(code) ? code : NORMAL;
}
