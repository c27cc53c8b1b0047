/** How to reach the Switchboard, which is several objects: the leg tells which. */
import { shardOf } from "./shard.ts";

/** To be called for each request: a stub that has failed once may stay broken. */
export function switchboardStub(env: Env, leg: string) {
  return env.SWITCHBOARD.getByName(shardOf(leg));
}
