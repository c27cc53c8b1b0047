/**
 * Whom a request with our token may go to. Addresses come in webhooks and bodies, so each is parsed and checked: whoever
 * gets the token can do with our calls what we can.
 */
import type { VoiceRegion } from "../../config/settings.ts";

const DEFAULT_ORIGIN = "https://api.nexmo.com";

const HOST = /^api[a-z0-9-]*\.(nexmo|vonage)\.com$/;

/** Where calls of each region are made (Voice API, `VoiceRegion`). */
const REGION_HOSTS: Readonly<Record<VoiceRegion, string>> = {
  "na-east": "api-us-3",
  "na-west": "api-us-4",
  "eu-west": "api-eu-3",
  "eu-east": "api-eu-4",
  "apac-sng": "api-ap-3",
  "apac-australia": "api-ap-4",
};

export interface Base {
  /** Asked instead of every other where it is set. */
  apiUrl: string | null;
  region: VoiceRegion | null;
}

/** The origin to ask about a leg, or null where the one that it names is not the carrier's. */
export function legOrigin(regionUrl: string | null, { apiUrl }: Base): string | null {
  if (regionUrl === null) return apiUrl ?? DEFAULT_ORIGIN;
  const named = carrierUrl(regionUrl);
  return named && (apiUrl ?? named.origin);
}

/** The origin to make a call at, or null where the one that is named is not the carrier's. */
export function dialOrigin(regionUrl: string | null, base: Base): string | null {
  if (regionUrl !== null || base.region === null) return legOrigin(regionUrl, base);
  return base.apiUrl ?? `https://${REGION_HOSTS[base.region]}.vonage.com`;
}

/** The address of a recording or a transcript to ask for, or null where it is not the carrier's. */
export function fileUrl(url: string, { apiUrl }: Base): string | null {
  const named = carrierUrl(url);
  return named && `${apiUrl ?? named.origin}${named.pathname}${named.search}`;
}

function carrierUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.port === "" && url.username === "" && url.password === "";
  return url.protocol === "https:" && plain && HOST.test(url.hostname) ? url : null;
}
