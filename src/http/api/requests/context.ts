/** What the API's middleware and handlers share about a request. */
import type { Context } from "hono";
import { CallContext } from "../../../calls/context.ts";
import type { conferenceStub } from "../../../conference/client.ts";
import type { ApiRole } from "../auth/session-cookie.ts";

export interface ApiEnv {
  Bindings: Env;
  Variables: {
    role: ApiRole;
    /** When the session ends, in milliseconds since the epoch; null for a bearer token. */
    sessionEnd: number | null;
    /** The name of the conference that the path names. */
    conference: string;
    /** That conference's Durable Object. */
    stub: ReturnType<typeof conferenceStub>;
  };
}

/** `Path`: where a handler reads parameters of its route. */
export type ApiContext<Path extends string = string> = Context<ApiEnv, Path>;

/** The context that a call by way of this request would have. */
export function callContext(c: Context<ApiEnv>): CallContext {
  return new CallContext(c.env, new URL(c.req.url), Date.now(), (work) =>
    c.executionCtx.waitUntil(work),
  );
}
