/** How a single setting is read. Pure. */

const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a host name means this machine. */
export function isLocal(host: string): boolean {
  return LOCAL_HOSTS.has(host);
}

/** The origin of an absolute URL, or null. Unless `plain`, http is accepted for this machine alone. */
export function originOf(text: string, plain: boolean): string | null {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return null;
  const { protocol, hostname, origin } = new URL(text);
  return plain || protocol === "https:" || isLocal(hostname) ? origin : null;
}

/** A setting as trimmed text. TOML and the Cloudflare dashboard also allow numbers and booleans. */
export function textOf(setting: unknown): string {
  if (typeof setting === "string") return setting.trim();
  return typeof setting === "number" || typeof setting === "boolean" ? String(setting) : "";
}

/** A setting as a number from `least` to `most`; null if it is not one. */
export function number(setting: unknown, least: number, most: number): number | null {
  const value = Number(textOf(setting) || Number.NaN);
  return value >= least && value <= most ? value : null;
}
