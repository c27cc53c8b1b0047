/**
 * URLs that we give to the carrier and that it calls back. The carrier signs bodies and not URLs, so we sign the parameters
 * of ours ourselves: the parameter `code` is a keyed hash of the path and the others.
 */
import { authenticate, sameSecret } from "../../lib/crypto.ts";
import type { Payload } from "../../vonage/payload.ts";

const CODE_LENGTH = 32;

/** `secrets`: newest first; without any (unsigned webhooks are allowed) the URL is unsigned. */
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
    // Over the values as they will be read: `URL` replaces unpaired surrogates.
    url.searchParams.set("code", await codeFor(newest, path, [...url.searchParams]));
  }
  return url.href;
}

/**
 * The parameters of a signed URL; null where we did not make it. `names`: in the order in which they were signed. One that the
 * URL lacks is empty: the code before a deploy may not have known it. The code covers which names are present, so none can be
 * removed or added. A carrier that calls by GET appends parameters of its own, which are ignored.
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
  // `all` has exactly the names of the type.
  const parameters = Object.fromEntries(all) as Record<Name, string>;
  if (secrets.length === 0) return parameters;
  const code = searchParams.get("code") ?? "";
  const expected = await Promise.all(secrets.map((secret) => codeFor(secret, pathname, given)));
  const matches = await Promise.all(expected.map((one) => sameSecret(one, code)));
  return matches.includes(true) ? parameters : null;
}

/**
 * A webhook's payload without the parameters of the signed URL that it came to: by GET, both are in one query. Our code must
 * not get into the journal.
 */
export function withoutUrlParameters(
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
