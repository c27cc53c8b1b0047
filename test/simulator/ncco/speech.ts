/** Words: how long it takes to say them, and how an `input` action listens to a caller's. */
import type { Clock } from "../carrier/clock.ts";
import type { InputAction } from "./ncco.ts";
import type { Queue } from "../carrier/queue.ts";
import type { Speech } from "../webhooks/wire-actions.ts";

/** How fast the platform's voices speak, roughly, and its callers too. */
const CHARACTERS_PER_SECOND = 15;

/** The platform's defaults (NCCO reference, `input`). */
const START_TIMEOUT_SECONDS = 10;
const END_ON_SILENCE_SECONDS = 2;
const MAX_DURATION_SECONDS = 60;

/** How long it takes to say a text once, in milliseconds of call time. */
export function talkMs(text: string): number {
  return (spokenCharacters(text) / CHARACTERS_PER_SECOND) * 1000;
}

/** SSML tags are not spoken. */
export function spokenCharacters(text: string): number {
  return text.replace(/<[^>]*>/g, "").length;
}

/** How long an `input` action waits for the first word, in milliseconds of call time. */
export function patienceMs(settings: InputAction["speech"]): number {
  return (settings?.startTimeout ?? START_TIMEOUT_SECONDS) * 1000;
}

/** Listens as an `input` action asks for it: to nothing, to what is said until a silence, or to the start of it. */
export async function hearSpeech(
  said: Queue<string>,
  settings: InputAction["speech"],
  clock: Clock,
  signal: AbortSignal,
): Promise<Omit<Speech, "recording">> {
  const text = await said.next(patienceMs(settings), clock, signal);
  if (text === null) return { ended: "start_timeout", text: null };
  const { endOnSilence = END_ON_SILENCE_SECONDS, maxDuration = MAX_DURATION_SECONDS } =
    settings ?? {};
  const [speakingMs, longestMs] = [talkMs(text), maxDuration * 1000];
  const untilSilenceMs = speakingMs + endOnSilence * 1000;
  await clock.wait(Math.min(untilSilenceMs, longestMs), signal);
  return untilSilenceMs <= longestMs
    ? { ended: "end_on_silence_timeout", text }
    : { ended: "max_duration", text: beginning(text, longestMs / speakingMs) };
}

/** The words that fit into a share of the time that a text takes. */
function beginning(text: string, share: number): string {
  const words = text.split(" ");
  return words.slice(0, Math.floor(words.length * Math.min(share, 1))).join(" ");
}
