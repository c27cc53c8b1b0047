/** The digits that a caller presses, and how an `input` action collects them. */
import type { Clock } from "./clock.ts";
import type { InputAction } from "./ncco.ts";
import type { Entered } from "./wire-actions.ts";

/** The platform's defaults (NCCO reference, `input`). */
const TIME_OUT_SECONDS = 3;
const MAX_DIGITS = 4;

export class Keypad {
  readonly #pressed: string[] = [];
  #hear: (() => void) | null = null;
  /** Gets every digit instead of the buffer: an `input` with mode `asynchronous`. */
  listener: ((digit: string) => void) | null = null;

  /** Presses keys, all at once. */
  press(digits: string): void {
    for (const digit of digits) {
      if (this.listener === null) this.#pressed.push(digit);
      else this.listener(digit);
    }
    this.#hear?.();
  }

  /** The next digit, or null where none comes in that many milliseconds of call time. */
  async next(ms: number, clock: Clock, signal: AbortSignal): Promise<string | null> {
    if (this.#pressed.length === 0) await this.heard(ms, clock, signal);
    return this.#pressed.shift() ?? null;
  }

  /** Resolves when a key is or has been pressed, or after that much call time. */
  async heard(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
    if (this.#pressed.length > 0) return;
    const waiting = new AbortController();
    this.#hear = () => waiting.abort();
    await clock.wait(ms, AbortSignal.any([waiting.signal, signal]));
    this.#hear = null;
  }
}

/** Collects digits as an `input` action asks for them. */
export async function collectDigits(
  keypad: Keypad,
  settings: InputAction["dtmf"],
  clock: Clock,
  signal: AbortSignal,
): Promise<Entered> {
  const {
    timeOut = TIME_OUT_SECONDS,
    maxDigits = MAX_DIGITS,
    submitOnHash = false,
  } = settings ?? {};
  let digits = "";
  while (digits.length < maxDigits) {
    const digit = await keypad.next(timeOut * 1000, clock, signal);
    if (digit === null) return { digits, timedOut: true };
    if (digit === "#" && submitOnHash) break;
    digits += digit;
  }
  return { digits, timedOut: false };
}
