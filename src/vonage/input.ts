/** What a caller entered at a prompt (Voice API, webhook reference: "Input"). */
import { text } from "./fields.ts";
import { lineKey } from "./numbers.ts";
import { isObject, type Payload } from "./payload.ts";

/** The digits of an `input` event, also in the form of before 2020; empty where there are none. */
export function enteredDigits({ dtmf }: Payload): string {
  const digits = text(isObject(dtmf) ? dtmf["digits"] : dtmf) ?? "";
  return digits.replace(/\D/g, "");
}

/**
 * Who is at the other end of a call on our line: who was named when the call began, `named`, and only where nobody was, whom
 * this event names. The carrier was seen to swap `from` and `to` of an `input` event and to leave out either, so whichever is
 * not ours is the caller's; empty where that cannot be told.
 */
export function callerIn(payload: Payload, line: string, named: string): string {
  if (named !== "") return named;
  const [from, to] = [text(payload["from"]) ?? text(payload["from_user"]), text(payload["to"])];
  const other = [from, to].find((party) => party !== null && lineKey(party) !== line);
  // Whoever calls a line by its own number is both.
  return other ?? (to === null ? null : from) ?? "";
}
