/** Live feeds over WebSockets: of all conferences, and of one. */
import { directoryStub } from "../../directory/client.ts";
import { problem, tooOften } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";

/** `GET /live` */
export async function watchAll(c: ApiContext): Promise<Response> {
  return await connect(c, directoryStub(c.env));
}

/** `GET /conferences/:name/live` */
export async function watchConference(c: ApiContext): Promise<Response> {
  return await connect(c, c.var.stub);
}

/** Connects the client with a Durable Object. Who the client is comes from us, and not from the client. */
async function connect(c: ApiContext, object: Fetcher): Promise<Response> {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    c.header("upgrade", "websocket");
    return problem(c, 426, "This is a WebSocket: connect with wss://.");
  }
  const { role, sessionEnd } = c.var;
  const until = sessionEnd === null ? "" : `&until=${sessionEnd}`;
  const answer = await object.fetch(`https://object/live?audience=${role}${until}`, {
    headers: { upgrade: "websocket" },
  });
  return answer.status === 429 ? tooOften(c) : answer;
}
