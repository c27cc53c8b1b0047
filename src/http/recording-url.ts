/**
 * The URL to which the carrier reports recordings of a conference. A recording event names no leg and no conference,
 * and the carrier signs bodies, not URLs, so the name travels under a code of our own.
 */
import { authenticate, sameSecret } from "../lib/secret.ts";

const PATH = "/webhooks/recording";

/** `secrets`: newest first; without any (unsigned webhooks allowed) the name travels alone. */
export async function recordingUrl(
  base: string,
  conference: string,
  secrets: readonly string[],
): Promise<string> {
  const url = new URL(PATH, base);
  url.searchParams.set("conference", conference);
  const [newest] = secrets;
  if (newest !== undefined) url.searchParams.set("code", await codeFor(newest, conference));
  return url.href;
}

/** The conference that such a URL names, or null where we did not write it. */
export async function conferenceOf(
  url: string,
  secrets: readonly string[],
): Promise<string | null> {
  const { searchParams } = new URL(url);
  const conference = searchParams.get("conference");
  const code = searchParams.get("code") ?? "";
  if (conference === null || secrets.length === 0) return conference;
  const expected = await Promise.all(secrets.map((secret) => codeFor(secret, conference)));
  const matches = await Promise.all(expected.map((one) => sameSecret(one, code)));
  return matches.includes(true) ? conference : null;
}

async function codeFor(secret: string, conference: string): Promise<string> {
  return (await authenticate(secret, `recording of ${conference}`)).slice(0, 32);
}
