/** The digits that a caller presses, and how an `input` action collects them. */
import type { Clock } from "../carrier/clock.ts";
import type { InputAction } from "./ncco.ts";
import { Queue } from "../carrier/queue.ts";
import type { Digits } from "../webhooks/wire-actions.ts";

/** The platform's defaults (NCCO reference, `input`). */
const TIME_OUT_SECONDS = 3;
const MAX_DIGITS = 4;

export class Keypad {
  readonly pressed = new Queue<string>();
  /** Gets every digit instead of the queue: an `input` with mode `asynchronous`. */
  listener: ((digit: string) => void) | null = null;

  /** Presses keys, all at once. */
  press(digits: string): void {
    for (const digit of digits) {
      if (this.listener === null) this.pressed.put(digit);
      else this.listener(digit);
    }
  }
}

/** Collects digits as an `input` action asks for them. */
export async function collectDigits(
  { pressed }: Keypad,
  settings: InputAction["dtmf"],
  clock: Clock,
  signal: AbortSignal,
): Promise<Digits> {
  const {
    timeOut = TIME_OUT_SECONDS,
    maxDigits = MAX_DIGITS,
    submitOnHash = false,
  } = settings ?? {};
  let digits = "";
  while (digits.length < maxDigits) {
    const digit = await pressed.next(timeOut * 1000, clock, signal);
    if (digit === null) return { digits, timedOut: true };
    if (digit === "#" && submitOnHash) break;
    digits += digit;
  }
  return { digits, timedOut: false };
}
