/**
 * Objects that share the legs out among them. A constant: another number would send a leg's webhooks to an object
 * that does not know it. One object takes some hundred requests a second, so sixteen outlast any account's call rate.
 */
const SHARDS = 16;

/** The name of the Switchboard that knows a leg: FNV-1a over the id's UTF-16 units, which spreads any kind of id. */
export function shardOf(leg: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < leg.length; i++) hash = Math.imul(hash ^ leg.charCodeAt(i), 0x01000193);
  return `shard-${(hash >>> 0) % SHARDS}`;
}
