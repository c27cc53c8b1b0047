/** The URL to which the carrier reports recordings of a conference: a recording event names neither leg nor conference. */
import { readSignedUrl, signedUrl } from "./signed-url.ts";

const PATH = "/webhooks/recording";
export const RECORDING_PARAMETERS = ["conference"] as const;

export async function recordingUrl(
  base: string,
  conference: string,
  secrets: readonly string[],
): Promise<string> {
  return await signedUrl(base, PATH, { conference }, secrets);
}

/** The conference that a recording URL names; null where we did not make the URL. */
export async function readRecordingUrl(
  url: string,
  secrets: readonly string[],
): Promise<string | null> {
  const read = await readSignedUrl(url, RECORDING_PARAMETERS, secrets);
  return read === null || read.conference === "" ? null : read.conference;
}
