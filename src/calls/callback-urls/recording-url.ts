/** The URL to which the carrier reports recordings of a conference: a recording event names neither leg nor conference. */
import { readSignedUrl, signedUrl } from "./signed-url.ts";

const PATH = "/webhooks/recording";
/** Of the query, as `signedUrl` writes it. */
export const RECORDING_NAMES = ["conference"] as const;

export async function recordingUrl(
  base: string,
  conference: string,
  secrets: readonly string[],
): Promise<string> {
  return await signedUrl(base, PATH, { conference }, secrets);
}

/** The conference that such a URL names, or null where we did not write it. */
export async function conferenceOf(
  url: string,
  secrets: readonly string[],
): Promise<string | null> {
  const read = await readSignedUrl(url, RECORDING_NAMES, secrets);
  return read === null || read.conference === "" ? null : read.conference;
}
