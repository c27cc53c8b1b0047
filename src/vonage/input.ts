/** What a caller entered at a prompt (Voice API, webhook reference: "Input"). */
import { text } from "./fields.ts";
import { isObject, type Payload } from "./payload.ts";

/** The digits of an `input` event, also in the form of before 2020; empty where there are none. */
export function enteredDigits({ dtmf }: Payload): string {
  const digits = text(isObject(dtmf) ? dtmf["digits"] : dtmf) ?? "";
  return digits.replace(/\D/g, "");
}

/**
 * The number at the other end of a call on our line. The carrier was seen to swap `from` and `to` of an `input` event, so
 * whichever is not ours is the caller's; empty where that cannot be told.
 */
export function otherParty(payload: Payload, isOurs: (number: string) => boolean): string {
  const parties = [text(payload["from"]) ?? text(payload["from_user"]), text(payload["to"])];
  return parties.find((party) => party !== null && !isOurs(party)) ?? parties[0] ?? "";
}
