/**
 * The operator's settings in the type of `env`. They are declared by hand, because `wrangler types` only finds what
 * wrangler.toml lists, and listing them there would change how a deploy behaves: a `[vars]` entry overwrites what was set in the
 * dashboard, and `[secrets]` refuses a deploy without the secrets that it lists and drops every other key of `.dev.vars`.
 */
export interface Settings {
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

declare global {
  interface Env extends Settings {}
  // oxlint-disable-next-line typescript/no-namespace -- the name under which the platform's types look for bindings
  namespace Cloudflare {
    interface Env extends Settings {}
  }
}
