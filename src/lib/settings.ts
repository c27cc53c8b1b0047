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
  return usable((env.VONAGE_SIGNATURE_SECRET ?? "").split(/\s+/), host);
}

/** The token that operates the API, or null where none may be used. */
export function apiToken(env: Env, host: string): string | null {
  return usable([(env.API_TOKEN ?? "").trim()], host)[0] ?? null;
}

export function unsignedAllowed(env: Env): boolean {
  return env.ALLOW_UNSIGNED_WEBHOOKS?.trim() === "true";
}

/** The base of every URL that we give to the carrier, without a slash at its end. */
export function publicUrl(env: Env, requestUrl: string): string {
  const configured = env.PUBLIC_URL?.trim();
  const url = configured && URL.canParse(configured) ? new URL(configured) : new URL(requestUrl);
  return url.origin;
}

/** How long a leg may give no sign of life before it is taken for gone, in milliseconds. */
export function maxCallMs(env: Env): number {
  return (number(env.MAX_CALL_HOURS, 1 / 60, 48) ?? 6) * HOUR_MS;
}

/** How many whole days the journal and the legs that are gone are kept. */
export function retentionDays(env: Env): number {
  return Math.round(number(env.RETENTION_DAYS, 1, 365) ?? 30);
}

/** The settings that are missing or cannot be used, by name. */
export function unusableSettings(env: Env, host: string): SettingName[] {
  const names: SettingName[] = [];
  if (signatureSecrets(env, host).length === 0 && !unsignedAllowed(env)) {
    names.push("VONAGE_SIGNATURE_SECRET");
  }
  if (apiToken(env, host) === null) names.push("API_TOKEN");
  if (env.PUBLIC_URL?.trim() && !URL.canParse(env.PUBLIC_URL.trim())) names.push("PUBLIC_URL");
  if (env.MAX_CALL_HOURS && number(env.MAX_CALL_HOURS, 1 / 60, 48) === null) {
    names.push("MAX_CALL_HOURS");
  }
  if (env.RETENTION_DAYS && number(env.RETENTION_DAYS, 1, 365) === null) {
    names.push("RETENTION_DAYS");
  }
  return names;
}

function usable(values: string[], host: string): string[] {
  return values.filter((value) => value !== "" && (LOCAL_HOSTS.has(host) || !PUBLISHED.has(value)));
}

function number(text: string | undefined, least: number, most: number): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return value >= least && value <= most ? value : null;
}
