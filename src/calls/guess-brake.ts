/**
 * Brakes the guessing of codes and PINs over many calls. Only wrong entries count, so that a room of fifty comes in within a
 * minute, also through one office's number. Once there were too many of them, nothing is compared for the rest of the minute,
 * not even what is right, or the brake would tell which that is.
 *
 * Each isolate counts for itself, exactly, and in one step with the comparison: of a thousand entries that come at once, none
 * is compared too many. It then tells the platform's counters, which all isolates of a location share, so that an isolate
 * which has not heard of a brake compares one more entry, and then knows. Nobody waits for them, nor is braked by their failing.
 */
import { FailureCounts } from "../lib/failures.ts";
import { log, reasonOf } from "../lib/log.ts";
import { canonicalCaller } from "../vonage/caller.ts";
import type { AnswerContext } from "./admit.ts";

/** As in `wrangler.toml`. Three calls of three tries each, and one more. */
const MOST_OF_CALLER = 10;
/** As in `wrangler.toml`. In a room of 50 everybody may mistype once. */
const MOST_OF_LINE = 60;

/** Of a longer caller, as nobody real is, the beginning has to do. */
const MAX_CALLER_LENGTH = 128;

/**
 * Grows with the operator's lines and not with what callers think of: a line takes 60 wrong entries a minute, each of one
 * caller. So nobody is ever pushed out.
 */
const wrong = new FailureCounts();

/** `braked`: the entry was not compared. */
export type Tried<T> = { kind: "right"; value: T } | { kind: "wrong" } | { kind: "braked" };

/** `line`: its own key, since on the default line a called number is whatever the caller dials. */
export interface Guesser {
  line: string;
  caller: string;
}

/**
 * Compares an entry, unless its line or its caller is braked. `compare`: null where the entry is wrong. Who enters nothing
 * guesses nothing: a guest who just presses the hash key is not kept out by somebody else's guessing.
 */
export function tryEntry<T>(
  entered: string,
  { line, caller }: Guesser,
  compare: () => T | null,
  { env, waitUntil }: AnswerContext,
): Tried<T> {
  const now = Date.now();
  // Whoever withholds their number shares one budget with all who do.
  const who = canonicalCaller(caller)?.slice(0, MAX_CALLER_LENGTH) ?? "";
  const [ofCaller, ofLine] = [JSON.stringify([line, who]), JSON.stringify([line])];
  const tooMany =
    wrong.of(ofCaller, now).count >= MOST_OF_CALLER || wrong.of(ofLine, now).count >= MOST_OF_LINE;
  if (entered !== "" && tooMany) return { kind: "braked" };
  const value = compare();
  if (value !== null) return { kind: "right", value };
  if (entered === "") return { kind: "wrong" };
  const callers = wrong.add(ofCaller, now);
  const lines = wrong.add(ofLine, now);
  if (callers === MOST_OF_CALLER || lines === MOST_OF_LINE) {
    log("guessing braked", { line, by: lines === MOST_OF_LINE ? "line" : "caller" });
  }
  waitUntil(
    Promise.all([
      tell(() => env.GUESSES, ofCaller, MOST_OF_CALLER),
      tell(() => env.LINE_GUESSES, ofLine, MOST_OF_LINE),
    ]),
  );
  return { kind: "wrong" };
}

/** Counts a wrong entry for the location too, and takes over its brake. */
async function tell(limiter: () => RateLimit, key: string, most: number): Promise<void> {
  try {
    const { success } = await limiter().limit({ key });
    if (!success) wrong.fill(key, most, Date.now());
  } catch (error) {
    log("wrong entries not counted", { reason: reasonOf(error) });
  }
}
