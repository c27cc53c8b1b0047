/**
 * URLs that we give to the carrier and that it calls back. It signs bodies and not URLs, so what ours say travels under a
 * code of our own.
 */
import { authenticate, sameSecret } from "../../lib/crypto.ts";
import type { Payload } from "../../vonage/payload.ts";

const CODE_LENGTH = 32;

/** `secrets`: newest first; without any (unsigned webhooks allowed) the parameters travel alone. */
export async function signedUrl(
  base: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Promise<string> {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const [newest] = secrets;
  if (newest !== undefined) {
    // As it will be read: half a character does not travel.
    url.searchParams.set("code", await codeFor(newest, path, [...url.searchParams]));
  }
  return url.href;
}

/**
 * What such a URL says under these names, in the order in which it was made; empty for those that it lacks, since code before
 * a deploy may not have known them. Null where we did not write it: the code covers which names there are, so that none can
 * be taken away or added. A carrier that calls by GET adds parameters of its own, behind ours.
 */
export async function readSignedUrl<Name extends string>(
  url: string,
  names: readonly Name[],
  secrets: readonly string[],
): Promise<Readonly<Record<Name, string>> | null> {
  const { pathname: written, searchParams } = new URL(url);
  const pathname = written.replace(/\/$/, "");
  const given = names.flatMap((name) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const all = names.map((name) => [name, searchParams.get(name) ?? ""] as const);
  // The names are those of the type.
  const parameters = Object.fromEntries(all) as Record<Name, string>;
  if (secrets.length === 0) return parameters;
  const code = searchParams.get("code") ?? "";
  const expected = await Promise.all(secrets.map((secret) => codeFor(secret, pathname, given)));
  const matches = await Promise.all(expected.map((one) => sameSecret(one, code)));
  return matches.includes(true) ? parameters : null;
}

/**
 * A webhook without what such a URL says under these names: of a carrier that calls by GET, both are one query. Neither
 * the code nor anything else of it is anybody's to read.
 */
export function withoutOurs(
  payload: Payload,
  names: readonly string[],
  { method }: { method: string },
): Payload {
  if (method !== "GET") return payload;
  const ours = new Set<string>(["code", ...names]);
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !ours.has(name)));
}

async function codeFor(
  secret: string,
  path: string,
  parameters: readonly (readonly [string, string])[],
): Promise<string> {
  const text = `url ${JSON.stringify([path, ...parameters])}`;
  return (await authenticate(secret, text)).slice(0, CODE_LENGTH);
}
