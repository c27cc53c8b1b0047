/**
 * The operator's settings: plain text bindings, parsed once. Everything that has one right value is a constant in
 * the code instead.
 */

interface Settings {
  VONAGE_SIGNATURE_SECRET?: string;
  VONAGE_API_KEY?: string;
  VONAGE_APPLICATION_ID?: string;
  ALLOW_UNSIGNED_WEBHOOKS?: string;
  API_TOKEN?: string;
  PUBLIC_URL?: string;
  MAX_CALL_HOURS?: string;
  RETENTION_DAYS?: string;
}

// Secrets are not in wrangler.toml, so `wrangler types` does not know of them.
declare global {
  interface Env extends Settings {}
  // oxlint-disable-next-line typescript/no-namespace -- the name under which the platform's types look for bindings
  namespace Cloudflare {
    interface Env extends Settings {}
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The least and the most that a setting may be. */
const RANGES = { MAX_CALL_HOURS: [1 / 60, 48], RETENTION_DAYS: [1, 365] } as const;

/** `.dev.vars.example` is public, so what stands in it protects nothing. */
const PUBLISHED = new Set(["partyline-development-secret-do-not-deploy", "development"]);
const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

export type SettingName =
  | "VONAGE_SIGNATURE_SECRET"
  | "API_TOKEN"
  | "PUBLIC_URL"
  | "MAX_CALL_HOURS"
  | "RETENTION_DAYS";

/** Signature secrets, newest first: several, separated by spaces, while one is rotated. Empty where none may be used. */
export function signatureSecrets(env: Env, host: string): string[] {
  return usable(textOf(env.VONAGE_SIGNATURE_SECRET).split(/\s+/), host);
}

/** The token that operates the API, or null where none may be used. */
export function apiToken(env: Env, host: string): string | null {
  return usable([textOf(env.API_TOKEN)], host)[0] ?? null;
}

/** Why there is no usable signature secret. */
export function secretProblem(env: Env): "is not set" | "is the published one" {
  return textOf(env.VONAGE_SIGNATURE_SECRET) === "" ? "is not set" : "is the published one";
}

export function unsignedAllowed(env: Env): boolean {
  return textOf(env.ALLOW_UNSIGNED_WEBHOOKS) === "true";
}

/** The account and application that webhooks must be signed for; null where any may. */
export function trustedAccount(env: Env): { apiKey: string | null; applicationId: string | null } {
  return {
    apiKey: textOf(env.VONAGE_API_KEY) || null,
    applicationId: textOf(env.VONAGE_APPLICATION_ID) || null,
  };
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
  if (textOf(env.PUBLIC_URL) !== "" && configuredOrigin(env) === null) names.push("PUBLIC_URL");
  for (const [name, [least, most]] of Object.entries(RANGES) as [
    keyof typeof RANGES,
    [number, number],
  ][]) {
    if (textOf(env[name]) !== "" && number(env[name], least, most) === null) names.push(name);
  }
  return names;
}

function usable(values: string[], host: string): string[] {
  return values.filter((value) => value !== "" && (LOCAL_HOSTS.has(host) || !PUBLISHED.has(value)));
}

function configuredOrigin(env: Env): string | null {
  const configured = textOf(env.PUBLIC_URL);
  return /^https?:/i.test(configured) && URL.canParse(configured)
    ? new URL(configured).origin
    : null;
}

/** A setting as text, whatever it was made: TOML and the dashboard also know numbers and booleans. */
function textOf(setting: unknown): string {
  if (typeof setting === "string") return setting.trim();
  return typeof setting === "number" || typeof setting === "boolean" ? String(setting) : "";
}

function number(setting: unknown, least: number, most: number): number | null {
  const value = Number(textOf(setting) || Number.NaN);
  return value >= least && value <= most ? value : null;
}
