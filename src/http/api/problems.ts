/** What went wrong, each problem once. */
import { directoryStub } from "../../directory/client.ts";
import type { ApiContext } from "./requests/api-env.ts";

export async function listProblems(c: ApiContext): Promise<Response> {
  return c.json({ problems: await directoryStub(c.env).problems() });
}
