/**
 * Limits the rate of wrong codes and PINs over many calls. Right entries never count, so a room of fifty can enter within a
 * minute, also through one office's number. Above the limit nothing is compared for the rest of the minute, not even a right
 * entry: comparing it would tell which entry is right.
 *
 * Each isolate counts exactly, in the same synchronous step as the comparison: of a thousand entries that come at once, none
 * above the limit is compared. It then reports wrong entries to the platform's rate limiters, which all isolates of a location
 * share: an isolate that has not heard of the limit compares one more entry, and then knows. No caller waits for those
 * limiters, and their failure limits nobody.
 */
import { FailureCounts } from "../lib/failures.ts";
import { log, reasonOf } from "../lib/log.ts";
import { canonicalCaller } from "../vonage/caller.ts";
import type { CallContext } from "./context.ts";

/** Wrong entries a minute; the same as in `wrangler.toml`. Three calls of three tries each, and one more. */
const MAX_OF_CALLER = 10;
/** Wrong entries a minute; the same as in `wrangler.toml`. In a room of 50 everybody may mistype once. */
const MAX_OF_LINE = 60;

/** No real caller is longer; of one that is, only the beginning counts. */
const MAX_CALLER_LENGTH = 128;

/**
 * Needs no bound: a line takes 60 wrong entries a minute, so the size depends on how many lines the operator has and not on
 * what callers send. No count is ever evicted.
 */
const wrong = new FailureCounts();

/** `limited`: the entry was not compared. */
export type Checked<T> = { kind: "right"; value: T } | { kind: "wrong" } | { kind: "limited" };

/** Whose wrong entries are counted. `line`: the key of its entry, since on the default line the caller chooses the number. */
export interface Guesser {
  line: string;
  caller: string;
}

/**
 * Compares an entry, unless its line or its caller is above the limit. `compare` returns null where the entry is wrong. An
 * empty entry is never limited and never counts: a guest without a PIN just presses the hash key.
 */
export function checkEntry<T>(
  entered: string,
  { line, caller }: Guesser,
  compare: () => T | null,
  { env, waitUntil }: CallContext,
): Checked<T> {
  const now = Date.now();
  // All callers who withhold their number share one budget.
  const who = canonicalCaller(caller)?.slice(0, MAX_CALLER_LENGTH) ?? "";
  const [ofCaller, ofLine] = [JSON.stringify([line, who]), JSON.stringify([line])];
  const tooMany =
    wrong.of(ofCaller, now).count >= MAX_OF_CALLER || wrong.of(ofLine, now).count >= MAX_OF_LINE;
  if (entered !== "" && tooMany) return { kind: "limited" };
  const value = compare();
  if (value !== null) return { kind: "right", value };
  if (entered === "") return { kind: "wrong" };
  const callers = wrong.add(ofCaller, now);
  const lines = wrong.add(ofLine, now);
  if (callers === MAX_OF_CALLER || lines === MAX_OF_LINE) {
    log("guessing braked", { line, by: lines === MAX_OF_LINE ? "line" : "caller" });
  }
  waitUntil(
    Promise.all([
      shareCount(() => env.GUESSES, ofCaller, MAX_OF_CALLER),
      shareCount(() => env.LINE_GUESSES, ofLine, MAX_OF_LINE),
    ]),
  );
  return { kind: "wrong" };
}

/** Counts a wrong entry for the whole location, and applies the limit here where the location has reached it. */
async function shareCount(limiter: () => RateLimit, key: string, most: number): Promise<void> {
  try {
    const { success } = await limiter().limit({ key });
    if (!success) wrong.fill(key, most, Date.now());
  } catch (error) {
    log("wrong entries not counted", { reason: reasonOf(error) });
  }
}
