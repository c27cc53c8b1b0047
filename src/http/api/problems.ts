/** `GET /problems`: what went wrong lately, and what an operator can do about it. */
import { directoryStub } from "../../directory/client.ts";
import type { ApiContext } from "./requests/context.ts";

export async function listProblems(c: ApiContext): Promise<Response> {
  return c.json({ problems: await directoryStub(c.env).problems() });
}
