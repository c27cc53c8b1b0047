/** Plays an NCCO on a leg, action by action (NCCO reference). */
import type { Leg } from "../carrier/leg.ts";
import type { Action, RecordAction, TalkAction } from "./ncco.ts";
import { aborted } from "../chaos/webhook-queue.ts";
import { addressOf } from "../carrier/platform.ts";
import type { Platform, Scene } from "../carrier/platform.ts";
import { ask, bargeIn } from "./prompt.ts";
import { spokenCharacters, talkMs } from "./speech.ts";
import { notifyPayload, recordPayload } from "../webhooks/wire-actions.ts";

/** How long an audio file plays, in milliseconds of call time: nobody fetches it. */
export const STREAM_MS = 10_000;

/** How long a caller speaks into a recording, in milliseconds of call time. */
const SPEAKING_MS = 5000;

const WAIT_SECONDS = 10;

/**
 * Plays what a leg was given, then whatever it is told to play instead, until nothing is left or it ends. `askedAt`: when the
 * answer webhook was sent that brought it, in milliseconds since the epoch.
 */
export async function playNcco(
  leg: Leg,
  first: readonly Action[],
  platform: Platform,
  askedAt: number,
): Promise<void> {
  noteWayIn(leg, first, askedAt);
  for (let actions: readonly Action[] | null = first; actions !== null;) {
    const flow = leg.startFlow();
    await playActions(leg, actions, platform, flow);
    const next = leg.takeRedirection();
    if (next === null || leg.ended.aborted) return;
    actions = await next();
  }
}

async function playActions(
  leg: Leg,
  actions: readonly Action[],
  platform: Platform,
  flow: AbortSignal,
): Promise<void> {
  let rest = actions;
  while (!flow.aborted) {
    const [action, ...after] = rest;
    if (action === undefined) return;
    const since = Date.now();
    const given = await perform(action, after, { leg, platform, flow });
    if (given !== null) noteWayIn(leg, given, since);
    rest = given ?? after;
  }
}

/** Notes when a leg was sent into a conversation for the first time. */
function noteWayIn(leg: Leg, actions: readonly Action[], after: number): void {
  if (leg.sentIn !== null || !actions.some(({ action }) => action === "conversation")) return;
  leg.sentIn = { after, by: Date.now(), heardCharacters: leg.heardCharacters };
}

/** Plays one action; returns what replaces the rest, or null. */
async function perform(
  action: Action,
  after: readonly Action[],
  scene: Scene,
): Promise<readonly Action[] | null> {
  const { leg, platform, flow } = scene;
  switch (action.action) {
    case "talk":
      await playTalk(action, after, scene);
      return null;
    case "stream":
      await playFor(STREAM_MS, action.loop, platform, flow);
      return null;
    case "wait":
      await platform.clock.wait((action.timeout ?? WAIT_SECONDS) * 1000, flow);
      return null;
    case "input":
      return await ask(action, scene);
    case "record":
      await record(action, scene);
      return null;
    case "notify": {
      const payload = notifyPayload(action.payload, leg.conversation, platform.now(leg));
      return await platform.instruct(leg, "notify", payload, addressOf(action));
    }
    case "connect":
      await platform.connect(leg, action, flow);
      return null;
    case "conversation":
      platform.rooms.enter(leg, action);
      return await stay(flow);
    case "transfer":
      leg.muted = action.mute === true;
      if (platform.rooms.enterById(leg, action.conversationId)) return await stay(flow);
      platform.complain(leg, `Unknown conversation ${action.conversationId}`);
      return [];
  }
}

/** Lasts as long as the leg: no action after it is ever played. */
async function stay(flow: AbortSignal): Promise<readonly Action[]> {
  await aborted(flow);
  return [];
}

async function playTalk(action: TalkAction, after: readonly Action[], scene: Scene): Promise<void> {
  const { leg, platform, flow } = scene;
  const ms = talkMs(action.text);
  leg.heard.push(action.text);
  leg.heardCharacters += spokenCharacters(action.text);
  const isPrompt = after.find(({ action: name }) => name !== "talk")?.action === "input";
  if (action.bargeIn !== true || !isPrompt) return await playFor(ms, action.loop, platform, flow);
  await bargeIn(ms, scene);
}

/** Plays something that takes `ms` that often; 0 means without end. */
async function playFor(
  ms: number,
  loop: number | undefined,
  { clock }: Platform,
  flow: AbortSignal,
): Promise<void> {
  if (loop === 0) await aborted(flow);
  else await clock.wait(ms * (loop ?? 1), flow);
}

/** Records in the background, or, with an end that the caller makes, until that has come. */
async function record(action: RecordAction, scene: Scene): Promise<void> {
  const { leg, platform, flow } = scene;
  const from = platform.now(leg);
  const report = (): void => {
    const id = leg.random.uuid();
    const recording = { id, conversation: leg.conversation, from, to: platform.now(leg) };
    platform.emit(leg, "record", recordPayload(recording), { to: addressOf(action) });
  };
  if (action.endOnSilence === undefined && action.endOnKey === undefined) {
    void aborted(leg.ended).then(report);
    return;
  }
  const longest = (action.timeOut ?? Number.POSITIVE_INFINITY) * 1000;
  const silence = (action.endOnSilence ?? 0) * 1000 + SPEAKING_MS;
  await platform.clock.wait(Math.min(longest, silence), flow);
  report();
}
