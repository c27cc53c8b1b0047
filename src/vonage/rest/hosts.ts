/**
 * Which hosts a request with our token may go to. Pure. Addresses come from webhooks and request bodies, so each is parsed and
 * checked: whoever receives the token can control our calls.
 */

const DEFAULT_ORIGIN = "https://api.nexmo.com";

const HOST = /^api[a-z0-9-]*\.(nexmo|vonage)\.com$/;

/** The carrier's regions, and the host at which calls of each are made (Voice API, `VoiceRegion`). */
const REGION_HOSTS = {
  "na-east": "api-us-3",
  "na-west": "api-us-4",
  "eu-west": "api-eu-3",
  "eu-east": "api-eu-4",
  "apac-sng": "api-ap-3",
  "apac-australia": "api-ap-4",
} as const;

export type VoiceRegion = keyof typeof REGION_HOSTS;

export function toVoiceRegion(text: string): VoiceRegion | null {
  return Object.hasOwn(REGION_HOSTS, text) ? (text as VoiceRegion) : null;
}

export interface Base {
  /** The base URL of all requests, whatever a webhook names; null to use the one that the webhook names. */
  apiUrl: string | null;
  region: VoiceRegion | null;
}

/** The origin for requests about a leg; null if its `region_url` is not the carrier's. */
export function legOrigin(regionUrl: string | null, { apiUrl }: Base): string | null {
  if (regionUrl === null) return apiUrl ?? DEFAULT_ORIGIN;
  const named = carrierUrl(regionUrl);
  return named && (apiUrl ?? named.origin);
}

/** The origin at which to make a call; null if `regionUrl` is not the carrier's. */
export function dialOrigin(regionUrl: string | null, base: Base): string | null {
  if (regionUrl !== null || base.region === null) return legOrigin(regionUrl, base);
  return base.apiUrl ?? `https://${REGION_HOSTS[base.region]}.vonage.com`;
}

/** The URL from which to fetch a recording or a transcript; null if `url` is not the carrier's. */
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
