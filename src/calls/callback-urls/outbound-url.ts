/** The URLs of the answer and event webhooks of a call that we made. */
import { readSignedUrl, signedUrl } from "./signed-url.ts";

const PATHS = { answer: "/webhooks/dialled/answer", event: "/webhooks/dialled/event" } as const;
/** New parameters go last: URLs made before a deploy are still in use after it. */
export const OUTBOUND_PARAMETERS = [
  "conference",
  "dial",
  "line",
  "press",
  "language",
  "called",
] as const;

/** A call that we made. The URLs say all of it, since its webhooks may come before the carrier's reply to our request. */
export interface OutboundCall {
  conference: string;
  /** Our id of the call. */
  dial: string;
  /** The number that it came from. */
  line: string;
  /** Whether they must press 1 to join, so that no voicemail talks into the room. */
  pressOne: boolean;
  /** Empty for the line's own. */
  language: string;
  /** Whom we called. */
  called: string;
}

export async function outboundUrl(
  webhook: keyof typeof PATHS,
  base: string,
  { conference, dial, line, pressOne, language, called }: OutboundCall,
  secrets: readonly string[],
): Promise<string> {
  const parameters = { conference, dial, line, press: pressOne ? "1" : "0", language, called };
  return await signedUrl(base, PATHS[webhook], parameters, secrets);
}

/** The call whose webhook comes to this URL; null where we did not make the URL. */
export async function readOutboundUrl(
  url: string,
  secrets: readonly string[],
): Promise<OutboundCall | null> {
  const read = await readSignedUrl(url, OUTBOUND_PARAMETERS, secrets);
  if (read === null || read.conference === "" || read.dial === "") return null;
  const { press, ...rest } = read;
  return { ...rest, pressOne: press === "1" };
}
