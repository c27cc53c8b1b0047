/** Fetches a file from the carrier with our token. The file is streamed, and never held in memory. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { apiUrl, credentials, voiceRegion } from "../../config/settings.ts";
import { send } from "../../vonage/rest/client.ts";
import { fileUrl } from "../../vonage/rest/hosts.ts";
import { restToken } from "../../vonage/rest/token.ts";

export type FileError =
  /** Its URL is not one of the carrier's hosts, which alone get our token. */
  | { kind: "foreign-host" }
  | { kind: "deleted" }
  | { kind: "no-reply" }
  | { kind: "unexpected-status"; status: number };

export async function carrierFile(
  env: Env,
  address: string,
  now: number,
): Promise<Result<Response, FileError>> {
  const url = fileUrl(address, { apiUrl: apiUrl(env), region: voiceRegion(env) });
  const keys = credentials(env);
  if (url === null || keys === null) return fail({ kind: "foreign-host" });
  const token = restToken(keys, now, crypto.randomUUID());
  // Only the beginning of the response has a time limit: the file itself may take as long as it takes.
  const response = await send({ method: "GET", url, body: null }, token, async (reply) => {
    if (reply.status !== 200) await reply.body?.cancel();
    return reply;
  });
  if (response === null) return fail({ kind: "no-reply" });
  const { status } = response;
  if (status === 200) return ok(response);
  return fail(status === 404 ? { kind: "deleted" } : { kind: "unexpected-status", status });
}
