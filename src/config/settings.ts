/**
 * The operator's settings, read from text bindings. Pure. A setting that is missing or unusable has a safe default here, and
 * `unusableSettings` names it. Whatever has one right value for every operator is a constant in the code instead.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../lib/time.ts";
import { isPrivateKey, normalisePem } from "../lib/pem.ts";
import { toVoiceRegion, type VoiceRegion } from "../vonage/rest/hosts.ts";
import type { Credentials } from "../vonage/rest/token.ts";
import { isLocal, number, originOf, textOf } from "./setting.ts";

/** The smallest and the largest value of each numeric setting, both allowed. */
const RANGES = {
  MAX_CALL_HOURS: [1 / 60, 48],
  RETENTION_DAYS: [1, 365],
  SWEEP_AFTER_MINUTES: [1 / 60, 1440],
  MAX_PARTICIPANTS: [1, 10_000],
} as const;

/** The first digits of a phone number, which has at most 15 (E.164). */
const PREFIX = /^\d{1,15}$/;

/** The secrets of `.dev.vars.example`. They are public, so they are accepted on localhost alone. */
const PUBLISHED = new Set([
  "partyline-development-secret-do-not-deploy",
  "development",
  "development-viewer",
]);

export type SettingName =
  | "VONAGE_SIGNATURE_SECRET"
  | "API_TOKEN"
  | "VIEWER_TOKEN"
  | "PUBLIC_URL"
  | (typeof CREDENTIALS)[number]
  | "VONAGE_API_URL"
  | "VONAGE_REGION"
  | "DIAL_PREFIXES"
  | keyof typeof RANGES;

/** What requests to the carrier's REST API need. The application id is also used alone, to tell which webhooks to trust. */
const CREDENTIALS = ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"] as const;

/** Signature secrets, newest first: several, separated by spaces, while one is rotated. Empty if none is usable. */
export function signatureSecrets(env: Env, host: string): string[] {
  return usable(textOf(env.VONAGE_SIGNATURE_SECRET).split(/\s+/), host);
}

/** The operator's API token; null if none is usable. */
export function apiToken(env: Env, host: string): string | null {
  return usable([textOf(env.API_TOKEN)], host)[0] ?? null;
}

/**
 * The token that may only read the API; null if none is usable. It must differ from the operator's token: otherwise, an
 * operator who hands it out to a viewer would hand out full access.
 */
export function viewerToken(env: Env, host: string): string | null {
  const token = usable([textOf(env.VIEWER_TOKEN)], host)[0] ?? null;
  return token === textOf(env.API_TOKEN) ? null : token;
}

/** Why no signature secret is usable. */
export function secretProblem(env: Env): "is not set" | "is the published one" {
  return textOf(env.VONAGE_SIGNATURE_SECRET) === "" ? "is not set" : "is the published one";
}

export function unsignedAllowed(env: Env): boolean {
  return textOf(env.ALLOW_UNSIGNED_WEBHOOKS) === "true";
}

/**
 * Whether every GET webhook is accepted whose `payload_hash` does not match by the documented rule. By default only answer
 * webhooks are.
 */
export function unexplainedGetAllowed(env: Env): boolean {
  return textOf(env.ALLOW_UNEXPLAINED_GET) === "true";
}

/** The account and the application that webhooks must be signed for; null accepts any. */
export function trustedAccount(env: Env): { apiKey: string | null; applicationId: string | null } {
  return {
    apiKey: textOf(env.VONAGE_API_KEY) || null,
    applicationId: textOf(env.VONAGE_APPLICATION_ID) || null,
  };
}

/** Null if the Worker cannot act on calls by itself; `missingCredentials` tells why. */
export function credentials(env: Env): Credentials | null {
  if (missingCredentials(env).length > 0) return null;
  return {
    applicationId: textOf(env.VONAGE_APPLICATION_ID),
    privateKey: normalisePem(textOf(env.VONAGE_PRIVATE_KEY)),
  };
}

/** The names of the settings that are missing for outbound calls. */
export function missingToDial(env: Env): string[] {
  return [...missingCredentials(env), ...(dialPrefixes(env).length === 0 ? ["DIAL_PREFIXES"] : [])];
}

/** The names of the settings that are missing for any request to the carrier. */
export function missingCredentials(env: Env): (typeof CREDENTIALS)[number][] {
  return CREDENTIALS.filter((name) => textOf(env[name]) === "");
}

/** The base URL of all requests to the carrier, without a trailing slash; null to use the one that each leg's webhooks name. */
export function apiUrl(env: Env): string | null {
  return originOf(textOf(env.VONAGE_API_URL), false);
}

/** The region in which calls are made; null leaves it to the carrier. */
export function voiceRegion(env: Env): VoiceRegion | null {
  return toVoiceRegion(textOf(env.VONAGE_REGION));
}

/**
 * The prefixes, in digits, one of which a number must begin with to be called; empty if nobody may be called. Only commas
 * separate prefixes: reading `+1 415` as two would allow all of North America. Entries that are no prefix are ignored.
 */
export function dialPrefixes(env: Env): string[] {
  return prefixTexts(env).filter((prefix) => PREFIX.test(prefix));
}

/** After how many milliseconds without a sign of life the carrier is asked about a leg. */
export function sweepAfterMs(env: Env): number {
  return (number(env.SWEEP_AFTER_MINUTES, ...RANGES.SWEEP_AFTER_MINUTES) ?? 30) * MINUTE_MS;
}

/** How many participants a conference takes if its line sets no limit of its own. */
export function maxParticipants(env: Env): number {
  return Math.floor(number(env.MAX_PARTICIPANTS, ...RANGES.MAX_PARTICIPANTS) ?? 50);
}

/** The base of every URL that we give to the carrier, without a trailing slash. */
export function publicUrl(env: Env, requestUrl: string): string {
  return configuredOrigin(env) ?? new URL(requestUrl).origin;
}

/** After how many milliseconds without a sign of life a leg is considered gone. */
export function maxCallMs(env: Env): number {
  return (number(env.MAX_CALL_HOURS, ...RANGES.MAX_CALL_HOURS) ?? 6) * HOUR_MS;
}

/** How many whole days the switchboard remembers a leg: at least two, and always one more than the longest call takes. */
export function legDays(env: Env): number {
  return Math.max(2, Math.ceil(maxCallMs(env) / DAY_MS) + 1);
}

/**
 * How many whole days the journal and the legs that are gone are kept. Never fewer than the switchboard remembers a leg: a
 * late webhook must still find that its leg has ended.
 */
export function retentionDays(env: Env): number {
  return Math.max(
    legDays(env),
    Math.round(number(env.RETENTION_DAYS, ...RANGES.RETENTION_DAYS) ?? 30),
  );
}

/** The names of the settings that are missing or unusable. Never their values. */
export function unusableSettings(env: Env, host: string): SettingName[] {
  const names: SettingName[] = [];
  if (signatureSecrets(env, host).length === 0 && !unsignedAllowed(env)) {
    names.push("VONAGE_SIGNATURE_SECRET");
  }
  if (apiToken(env, host) === null) names.push("API_TOKEN");
  if (textOf(env.VIEWER_TOKEN) !== "" && viewerToken(env, host) === null) {
    names.push("VIEWER_TOKEN");
  }
  if (textOf(env.PUBLIC_URL) !== "" && configuredOrigin(env) === null) names.push("PUBLIC_URL");
  const key = textOf(env.VONAGE_PRIVATE_KEY);
  // Whoever sets one of these wants to act on calls, which needs all credentials.
  if (key !== "" || prefixTexts(env).length > 0) names.push(...missingCredentials(env));
  if (key !== "" && !isPrivateKey(normalisePem(key))) names.push("VONAGE_PRIVATE_KEY");
  if (textOf(env.VONAGE_API_URL) !== "" && apiUrl(env) === null) names.push("VONAGE_API_URL");
  if (textOf(env.VONAGE_REGION) !== "" && voiceRegion(env) === null) names.push("VONAGE_REGION");
  if (!prefixTexts(env).every((prefix) => PREFIX.test(prefix))) names.push("DIAL_PREFIXES");
  for (const [name, [least, most]] of Object.entries(RANGES) as [
    keyof typeof RANGES,
    [number, number],
  ][]) {
    if (textOf(env[name]) !== "" && number(env[name], least, most) === null) names.push(name);
  }
  return names;
}

function prefixTexts(env: Env): string[] {
  const texts = textOf(env.DIAL_PREFIXES).split(",");
  return texts.map((text) => text.replace(/[+\s.()-]/g, "")).filter((text) => text !== "");
}

function usable(values: string[], host: string): string[] {
  return values.filter((value) => value !== "" && (isLocal(host) || !PUBLISHED.has(value)));
}

function configuredOrigin(env: Env): string | null {
  return originOf(textOf(env.PUBLIC_URL), true);
}
