/** Reads what a caller entered at a prompt (Voice API, webhook reference: "Input"). Pure. */
import { text } from "./fields.ts";
import { lineKey } from "./numbers.ts";
import { isObject, type Payload } from "./payload.ts";

/** The digits of an `input` event, in today's form or in that of before 2020; empty if there are none. */
export function enteredDigits({ dtmf }: Payload): string {
  const digits = text(isObject(dtmf) ? dtmf["digits"] : dtmf) ?? "";
  return digits.replace(/\D/g, "");
}

/**
 * The caller of a call on our `line`: `named`, as the answer webhook named them, or else the party of this event that is not our
 * line; empty if that cannot be told. The carrier has been seen to swap `from` and `to` of an `input` event, and to omit either.
 */
export function callerIn(payload: Payload, line: string, named: string): string {
  if (named !== "") return named;
  const [from, to] = [text(payload["from"]) ?? text(payload["from_user"]), text(payload["to"])];
  const other = [from, to].find((party) => party !== null && lineKey(party) !== line);
  // If both parties are the line, it was called from its own number.
  return other ?? (to === null ? null : from) ?? "";
}
