/** A file of the carrier's, on its way through: asked for with our token, and never held. */
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { apiUrl, credentials, voiceRegion } from "../../config/settings.ts";
import { fileUrl } from "../../vonage/rest/hosts.ts";
import { restToken } from "../../vonage/rest/token.ts";

/** Until it begins to come; the rest may take as long as it takes. */
const REPLY_MS = 10_000;

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
  const ending = new AbortController();
  try {
    const token = await restToken(keys, now, crypto.randomUUID());
    const asked = fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      // A redirect that is followed would take the token along.
      redirect: "manual",
      signal: ending.signal,
    });
    const response = await withTimeout(REPLY_MS, asked);
    if (response.status === 200) return ok(response);
    await response.body?.cancel();
    if (response.status === 404) return fail("not kept any more");
    return fail(`the carrier answered ${response.status}` as const);
  } catch (error) {
    ending.abort();
    log("carrier did not answer", { method: "GET", reason: reasonOf(error) });
    return fail("no answer");
  }
}
