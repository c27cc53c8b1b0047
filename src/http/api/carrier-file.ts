/** Streams a file of the carrier through: requested with our token, and never stored. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { apiUrl, credentials, voiceRegion } from "../../config/settings.ts";
import { send } from "../../vonage/rest/client.ts";
import { fileUrl } from "../../vonage/rest/hosts.ts";
import { restToken } from "../../vonage/rest/token.ts";

export type FileProblem =
  | "no address of the carrier's"
  | "not kept any more"
  | "no answer"
  | `the carrier answered ${number}`;

export async function carrierFile(
  env: Env,
  address: string,
  now: number,
): Promise<Result<Response, FileProblem>> {
  const url = fileUrl(address, { apiUrl: apiUrl(env), region: voiceRegion(env) });
  const keys = credentials(env);
  if (url === null || keys === null) return fail("no address of the carrier's");
  const token = restToken(keys, now, crypto.randomUUID());
  // Only the beginning of the response has a time limit: the file itself may take as long as it takes.
  const response = await send({ method: "GET", url, body: null }, token, async (given) => {
    if (given.status !== 200) await given.body?.cancel();
    return given;
  });
  if (response === null) return fail("no answer");
  if (response.status === 200) return ok(response);
  if (response.status === 404) return fail("not kept any more");
  return fail(`the carrier answered ${response.status}` as const);
}
