/** A caller who is told things and asked for digits. */
import { inputPayload } from "../../simulator/webhooks/wire-actions.ts";
import { ORIGIN, send, signedPost, type Payload } from "./bridge.ts";
import { answer, type Call } from "./call.ts";

export type Heard = { action: string; [option: string]: unknown }[];

export async function dial(of: Call): Promise<Heard> {
  return (await answer(of)) as Heard;
}

/** The first thing that is said. */
export function said([first]: Heard): unknown {
  return first?.["text"];
}

/** The conference that the caller is put into; null where it is none. */
export function roomOf(heard: Heard): unknown {
  return heard.find(({ action }) => action === "conversation")?.["name"] ?? null;
}

/** The URL that gets what the caller enters. */
export function promptOf(heard: Heard): string {
  const urls = heard.find(({ action }) => action === "input")?.["eventUrl"];
  const url: unknown = Array.isArray(urls) ? urls[0] : null;
  if (typeof url !== "string") throw new Error(`no prompt: ${JSON.stringify(heard)}`);
  return url;
}

/** The `input` event of a caller; with empty `digits` they let the prompt pass. */
export function inputOf({ identity }: Call, digits: string): Payload {
  const dtmf = { digits, timedOut: digits === "" };
  return inputPayload(identity, identity.origin, { dtmf, speech: null }, Date.now());
}

/** The path and the query of one of our URLs. */
export function pathOf(url: string): string {
  return url.slice(ORIGIN.length);
}

/** Enters digits at the prompt that was heard; what is heard then. */
export async function enter(of: Call, heard: Heard, digits: string): Promise<Heard> {
  return await enterAt(of, promptOf(heard), digits);
}

export async function enterAt(of: Call, url: string, digits: string): Promise<Heard> {
  const response = await send(signedPost(pathOf(url), inputOf(of, digits)));
  return await response.json<Heard>();
}
