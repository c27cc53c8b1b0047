/** What is known of a request to the API on its way through the routes. */
import type { Context } from "hono";
import type { ApiRole } from "../auth/session-cookie.ts";

export interface ApiEnv {
  Bindings: Env;
  Variables: {
    /** The conference that the path names; set by `conferenceParam`. */
    conference: string;
    role: ApiRole;
    /** When the session ends, in milliseconds since the epoch; null for a token. */
    sessionEnd: number | null;
  };
}

export type ApiContext = Context<ApiEnv>;
