/** How far an order is: a batch of commands to the carrier. */
import { outboxStub } from "../../outbox/client.ts";
import { problem } from "../problem.ts";
import type { ApiContext } from "./requests/api-env.ts";

export async function showBatch(c: ApiContext): Promise<Response> {
  const view = await outboxStub(c.env).progress(c.req.param("batch") ?? "");
  return view === null
    ? problem(c, 404, "No such batch was asked for in the last two days.")
    : c.json(view);
}
