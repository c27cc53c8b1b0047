/**
 * The floor: the least that a Worker can do which answers a call and remembers it. The same read of KV, the same rows to
 * the same two Durable Objects, awaited together; no framework, no verification, no policy, no set, no retention.
 */
import { DurableObject } from "cloudflare:workers";

const NUMBER_OF_SHARDS = 16;

export class Switchboard extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS leg (leg TEXT PRIMARY KEY, outcome TEXT, first_at INTEGER) STRICT, WITHOUT ROWID",
    );
  }

  admit(leg, conference, at) {
    this.ctx.storage.sql.exec(
      "INSERT INTO leg VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      leg,
      conference,
      at,
    );
  }
}

export class Conference extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS leg (leg TEXT PRIMARY KEY, webhooks TEXT) STRICT, WITHOUT ROWID;
       CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, leg TEXT, body TEXT) STRICT`,
    );
  }

  admit(leg, body) {
    this.record(leg, body);
    this.ctx.storage.sql.exec("INSERT INTO leg VALUES (?, ?) ON CONFLICT DO NOTHING", leg, body);
  }

  record(leg, body) {
    this.ctx.storage.sql.exec("INSERT INTO journal (leg, body) VALUES (?, ?)", leg, body);
  }
}

export default {
  async fetch(request, env) {
    const body = await request.text();
    const { uuid: leg, to } = JSON.parse(body);
    if (new URL(request.url).pathname.endsWith("/event")) {
      await env.CONFERENCE.getByName(`room-${to.slice(-3)}`).record(leg, body);
      return new Response(null, { status: 204 });
    }
    const conference = await env.LINES.get(to);
    await Promise.all([
      env.SWITCHBOARD.getByName(shardOf(leg)).admit(leg, conference, Date.now()),
      env.CONFERENCE.getByName(conference).admit(leg, body),
    ]);
    return Response.json([
      { action: "talk", text: "Please wait while we connect you to the conference" },
      { action: "conversation", name: conference },
    ]);
  },
};

function shardOf(leg) {
  let hash = 0;
  for (let i = 0; i < leg.length; i++) hash = (hash * 31 + leg.charCodeAt(i)) | 0;
  return `shard-${(hash >>> 0) % NUMBER_OF_SHARDS}`;
}
