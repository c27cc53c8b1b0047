/** How the Switchboard is reached, which is many objects: each leg has one of them. */
import { shardOf } from "./shard.ts";

/** A new stub each time: one that has failed once may stay broken. */
export function switchboardStub(env: Env, leg: string) {
  return env.SWITCHBOARD.getByName(shardOf(leg));
}
