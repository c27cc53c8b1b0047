/** Live sockets: of all conferences, and of one. */
import { conferenceStub } from "../../conference/client.ts";
import { directoryStub } from "../../directory/client.ts";
import { problem, tooOften } from "../problem.ts";
import type { ApiContext } from "./requests/api-env.ts";

export async function watchDirectory(c: ApiContext): Promise<Response> {
  return await connect(c, directoryStub(c.env));
}

export async function watchConference(c: ApiContext): Promise<Response> {
  return await connect(c, conferenceStub(c.env, c.var.conference));
}

/** Hands the client over to an object, and tells it who watches: the client's own word for that does not count. */
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
