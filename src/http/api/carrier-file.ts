/** Streams a file of the carrier through: requested with our token, and never stored. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { apiUrl, credentials, voiceRegion } from "../../config/settings.ts";
import { send } from "../../vonage/rest/client.ts";
import { fileUrl } from "../../vonage/rest/hosts.ts";
import { restToken } from "../../vonage/rest/token.ts";

/** A number is the status with which the carrier refused. */
export type FileProblem = "foreign address" | "deleted" | "no reply" | number;

export async function carrierFile(
  env: Env,
  address: string,
  now: number,
): Promise<Result<Response, FileProblem>> {
  const url = fileUrl(address, { apiUrl: apiUrl(env), region: voiceRegion(env) });
  const keys = credentials(env);
  if (url === null || keys === null) return fail("foreign address");
  const token = restToken(keys, now, crypto.randomUUID());
  // Only the beginning of the response has a time limit: the file itself may take as long as it takes.
  const response = await send({ method: "GET", url, body: null }, token, async (given) => {
    if (given.status !== 200) await given.body?.cancel();
    return given;
  });
  if (response === null) return fail("no reply");
  if (response.status === 200) return ok(response);
  if (response.status === 404) return fail("deleted");
  return fail(response.status);
}
