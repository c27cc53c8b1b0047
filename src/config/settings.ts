/**
 * The operator's settings: plain text bindings, parsed once. Everything that has one right value is a constant in
 * the code instead.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../lib/time.ts";
import { isPrivateKey, normalisePem } from "../lib/pem.ts";
import { isLocal, number, originOf, textOf } from "./setting.ts";

interface Settings {
  VONAGE_SIGNATURE_SECRET?: string;
  VONAGE_API_KEY?: string;
  VONAGE_APPLICATION_ID?: string;
  VONAGE_PRIVATE_KEY?: string;
  VONAGE_API_URL?: string;
  VONAGE_REGION?: string;
  DIAL_PREFIXES?: string;
  ALLOW_UNSIGNED_WEBHOOKS?: string;
  ALLOW_UNEXPLAINED_GET?: string;
  API_TOKEN?: string;
  VIEWER_TOKEN?: string;
  PUBLIC_URL?: string;
  MAX_CALL_HOURS?: string;
  RETENTION_DAYS?: string;
  SWEEP_AFTER_MINUTES?: string;
  MAX_PARTICIPANTS?: string;
}

// Secrets are not in wrangler.toml, so `wrangler types` does not know of them.
declare global {
  interface Env extends Settings {}
  // oxlint-disable-next-line typescript/no-namespace -- the name under which the platform's types look for bindings
  namespace Cloudflare {
    interface Env extends Settings {}
  }
}

/** The least and the most that a setting may be. */
const RANGES = {
  MAX_CALL_HOURS: [1 / 60, 48],
  RETENTION_DAYS: [1, 365],
  SWEEP_AFTER_MINUTES: [1 / 60, 1440],
  MAX_PARTICIPANTS: [1, 10_000],
} as const;

/** The carrier's regions in which calls can be made (Voice API, `VoiceRegion`). */
const VOICE_REGIONS = [
  "na-east",
  "na-west",
  "eu-west",
  "eu-east",
  "apac-sng",
  "apac-australia",
] as const;
export type VoiceRegion = (typeof VOICE_REGIONS)[number];

/** The first digits of a number, of which there are at most 15 (E.164). */
const PREFIX = /^\d{1,15}$/;

/** `.dev.vars.example` is public, so what stands in it protects nothing. */
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

/** What the Worker acts on calls with. The first alone is no half of them: it says which webhooks to trust. */
const CREDENTIALS = ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"] as const;

/** What the carrier's REST API knows us by. */
export interface Credentials {
  applicationId: string;
  /** PEM, PKCS#8. */
  privateKey: string;
}

/** Signature secrets, newest first: several, separated by spaces, while one is rotated. Empty where none may be used. */
export function signatureSecrets(env: Env, host: string): string[] {
  return usable(textOf(env.VONAGE_SIGNATURE_SECRET).split(/\s+/), host);
}

/** The token that operates the API, or null where none may be used. */
export function apiToken(env: Env, host: string): string | null {
  return usable([textOf(env.API_TOKEN)], host)[0] ?? null;
}

/**
 * The token that may read the API, or null where there is none. One that is the operator's too is nobody's: whoever hands
 * it out to be looked at would hand out the rest.
 */
export function viewerToken(env: Env, host: string): string | null {
  const token = usable([textOf(env.VIEWER_TOKEN)], host)[0] ?? null;
  return token === textOf(env.API_TOKEN) ? null : token;
}

/** Why there is no usable signature secret. */
export function secretProblem(env: Env): "is not set" | "is the published one" {
  return textOf(env.VONAGE_SIGNATURE_SECRET) === "" ? "is not set" : "is the published one";
}

export function unsignedAllowed(env: Env): boolean {
  return textOf(env.ALLOW_UNSIGNED_WEBHOOKS) === "true";
}

/** Whether any webhook by GET is taken whose hash cannot be explained, and not answers alone. */
export function unexplainedGetAllowed(env: Env): boolean {
  return textOf(env.ALLOW_UNEXPLAINED_GET) === "true";
}

/** The account and application that webhooks must be signed for; null where any may. */
export function trustedAccount(env: Env): { apiKey: string | null; applicationId: string | null } {
  return {
    apiKey: textOf(env.VONAGE_API_KEY) || null,
    applicationId: textOf(env.VONAGE_APPLICATION_ID) || null,
  };
}

/** Null where the Worker cannot act on calls by itself; `missingCredentials` says why. */
export function credentials(env: Env): Credentials | null {
  if (missingCredentials(env).length > 0) return null;
  return {
    applicationId: textOf(env.VONAGE_APPLICATION_ID),
    privateKey: normalisePem(textOf(env.VONAGE_PRIVATE_KEY)),
  };
}

/** The names of the settings without which nobody can be called. */
export function missingToDial(env: Env): string[] {
  return [...missingCredentials(env), ...(dialPrefixes(env).length === 0 ? ["DIAL_PREFIXES"] : [])];
}

/** The names of the settings without which the Worker cannot act on calls by itself. */
export function missingCredentials(env: Env): (typeof CREDENTIALS)[number][] {
  return CREDENTIALS.filter((name) => textOf(env[name]) === "");
}

/** The one base of all requests to the carrier, without a slash at its end; null where each leg's own is asked. */
export function apiUrl(env: Env): string | null {
  return originOf(textOf(env.VONAGE_API_URL), false);
}

/** Where calls are made; null where the carrier decides. */
export function voiceRegion(env: Env): VoiceRegion | null {
  const text = textOf(env.VONAGE_REGION);
  return VOICE_REGIONS.find((region) => region === text) ?? null;
}

/**
 * What a number must begin with to be called, in digits; none where nobody may be. Spaces belong to a prefix: to read
 * `+1 415` as two would open a continent. What is no prefix opens nothing.
 */
export function dialPrefixes(env: Env): string[] {
  return prefixTexts(env).filter((prefix) => PREFIX.test(prefix));
}

/** How long a leg may give no sign of life before the carrier is asked about it, in milliseconds. */
export function sweepAfterMs(env: Env): number {
  return (number(env.SWEEP_AFTER_MINUTES, ...RANGES.SWEEP_AFTER_MINUTES) ?? 30) * MINUTE_MS;
}

/** How many may be in a room. */
export function maxParticipants(env: Env): number {
  return Math.floor(number(env.MAX_PARTICIPANTS, ...RANGES.MAX_PARTICIPANTS) ?? 50);
}

/** The base of every URL that we give to the carrier, without a slash at its end. */
export function publicUrl(env: Env, requestUrl: string): string {
  return configuredOrigin(env) ?? new URL(requestUrl).origin;
}

/** How long a leg may give no sign of life before it is taken for gone, in milliseconds. */
export function maxCallMs(env: Env): number {
  return (number(env.MAX_CALL_HOURS, ...RANGES.MAX_CALL_HOURS) ?? 6) * HOUR_MS;
}

/** How many whole days the switchboard remembers a leg: two, and always one longer than the longest call. */
export function legDays(env: Env): number {
  return Math.max(2, Math.ceil(maxCallMs(env) / DAY_MS) + 1);
}

/**
 * How many whole days the journal and the legs that are gone are kept. Never fewer than the switchboard remembers a
 * leg: a late webhook must find that its leg has ended.
 */
export function retentionDays(env: Env): number {
  return Math.max(
    legDays(env),
    Math.round(number(env.RETENTION_DAYS, ...RANGES.RETENTION_DAYS) ?? 30),
  );
}

/** The settings that are missing or cannot be used, by name. */
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
  // Each is of no use but for acting on calls.
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
