/**
 * The number of Switchboard objects. Never change it: a leg's webhooks would then go to an object that does not know the leg. One
 * object takes some hundred requests per second, so sixteen suffice for any account's call rate.
 */
const SHARDS = 16;

/** The name of the Switchboard object of a leg: FNV-1a over the id's UTF-16 units, which spreads any kind of id evenly. */
export function shardOf(leg: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < leg.length; i++) hash = Math.imul(hash ^ leg.charCodeAt(i), 0x01000193);
  return `shard-${(hash >>> 0) % SHARDS}`;
}
