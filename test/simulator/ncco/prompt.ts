/** A caller is asked for something, by an `input` action, and answers with keys or words (NCCO reference). */
import type { Clock } from "../carrier/clock.ts";
import { collectDigits } from "./keypad.ts";
import type { Leg } from "../carrier/leg.ts";
import type { Action, InputAction } from "./ncco.ts";
import { addressOf } from "../carrier/platform.ts";
import type { Scene } from "../carrier/platform.ts";
import { hearSpeech, patienceMs } from "./speech.ts";
import { inputPayload } from "../webhooks/wire-actions.ts";
import type { Digits, Entered, Speech } from "../webhooks/wire-actions.ts";

/** What is reported of digits that were not asked for, or that words came instead of. */
const NO_DIGITS: Digits = { digits: null, timedOut: false };

/** Lets a caller answer while still being told what to answer; resolves with the first key or word, or after `ms`. */
export async function bargeIn(ms: number, { leg, platform, flow }: Scene): Promise<void> {
  void answer(leg, platform.clock, flow);
  await firstSign(leg, ms, platform.clock, flow);
}

/** Plays an `input` action; returns the NCCO that its webhook is answered with, or null. */
export async function ask(action: InputAction, scene: Scene): Promise<readonly Action[] | null> {
  const { leg, platform, flow } = scene;
  const submit = (entered: Entered) =>
    platform.instruct(
      leg,
      "input",
      inputPayload(leg, leg.conversation, entered, platform.now(leg)),
      addressOf(action),
    );

  if (action.mode === "asynchronous") {
    leg.keypad.listener = (digit) =>
      void submit({ dtmf: { digits: digit, timedOut: false }, speech: null });
    return null;
  }
  void answer(leg, platform.clock, flow);
  const entered = await listen(action, scene);
  leg.isAnswering = false;
  // What was not listened to is no answer to the next prompt. Keys that were too many are.
  leg.said.forget();
  if (!action.type.includes("dtmf")) leg.keypad.pressed.forget();
  return flow.aborted ? null : await submit(entered);
}

/** Where both are listened for, whichever begins first is all that is heard: no document says that the two mix. */
async function listen(action: InputAction, { leg, platform, flow }: Scene): Promise<Entered> {
  const { clock } = platform;
  const digits = () => collectDigits(leg.keypad, action.dtmf, clock, flow);
  const speech = async (): Promise<Speech> => {
    const heard = await hearSpeech(leg.said, action.speech, clock, flow);
    const isSaved = heard.text !== null && action.speech?.saveAudio === true;
    return { ...heard, recording: isSaved ? leg.random.uuid() : null };
  };
  if (!action.type.includes("speech")) return { dtmf: await digits(), speech: null };
  if (!action.type.includes("dtmf")) return { dtmf: NO_DIGITS, speech: await speech() };

  const sign = await firstSign(leg, patienceMs(action.speech), clock, flow);
  if (sign === "word") return { dtmf: NO_DIGITS, speech: await speech() };
  const nothingSaid = { ended: "start_timeout", text: null, recording: null } as const;
  const dtmf = sign === "key" ? await digits() : { digits: "", timedOut: true };
  return { dtmf, speech: nothingSaid };
}

/** What comes first, now or within that much call time; null for nothing. */
async function firstSign(
  leg: Leg,
  ms: number,
  clock: Clock,
  flow: AbortSignal,
): Promise<"key" | "word" | null> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, flow]);
  const [key, word] = await Promise.all(
    [leg.keypad.pressed, leg.said].map(async (queue) => {
      const heard = await queue.heard(ms, clock, signal);
      over.abort();
      return heard;
    }),
  );
  if (key === true) return "key";
  return word === true ? "word" : null;
}

/** The caller thinks, and answers, once for each prompt. */
async function answer(leg: Leg, clock: Clock, flow: AbortSignal): Promise<void> {
  if (leg.isAnswering) return;
  leg.isAnswering = true;
  const entry = leg.nextEntry();
  if (entry === "") return;
  await clock.wait(leg.thinksMs, flow);
  if (flow.aborted) return;
  if (/^[\d*#]+$/.test(entry)) leg.keypad.press(entry);
  else leg.said.put(entry);
}
