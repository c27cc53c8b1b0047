/** The release before called an outcome's room `line`. Both releases run side by side for a while, and rows outlive either. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Switchboard } from "../../../src/index.ts";
import type { Admission } from "../../../src/switchboard/admission.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { setClock } from "../support/alarms.ts";
import { answer, call } from "../support/call.ts";

/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2035-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 10 * 86_400_000;
  setClock(now);
  line = `1415${now}`;
  conference = `versions-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The outcome of a leg's row, which `change` may change first. */
async function rowOf(leg: string, change = "outcome"): Promise<unknown> {
  const stub = env.SWITCHBOARD.getByName(shardOf(leg));
  return await runInDurableObject(stub, (_, { storage: { sql } }) => {
    const table = `leg_${Math.floor(now / 86_400_000)}`;
    sql.exec(`UPDATE ${table} SET outcome = ${change} WHERE leg = ?`, leg);
    const row = sql.exec<{ outcome: string }>(`SELECT outcome FROM ${table} WHERE leg = ?`, leg);
    return JSON.parse(row.one().outcome) as unknown;
  });
}

it("stores a room under both names, so that the release before reads it after a rollback", async () => {
  const of = call({ line, at: now });
  await answer(of);
  const room = { conference };
  expect(await rowOf(of.identity.id)).toMatchObject({ room, line: room });
});

it("answers a repeated webhook from a row that the release before wrote", async () => {
  const of = call({ line, at: now });
  const first = await answer(of);
  const old = await rowOf(of.identity.id, "json_remove(outcome, '$.room')");
  expect(old).not.toHaveProperty("room");
  await env.LINES.put(line, "elsewhere");
  expect(await answer(of)).toEqual(first);
});

it("replies with the room under both names, so that a Worker of the release before understands", async () => {
  const leg = `leg-${now}`;
  const room = { conference };
  const admission: Admission = {
    leg,
    room,
    role: "guest",
    number: line,
    caller: "14155550123",
    origin: null,
    regionUrl: null,
    operatorEnds: false,
    at: now,
    deadline: now + 1_000,
  };
  const stub = env.SWITCHBOARD.getByName(shardOf(leg));
  for (const reply of [
    await stub.admit(admission),
    await stub.admit(admission),
    await stub.refuse(leg, "unknown-number", now),
  ]) {
    expect(reply.outcome).toMatchObject({ kind: "conference", room, line: room });
  }
});

it("understands a switchboard of the release before", async () => {
  const expected = await answer(call({ line, at: now }));
  vi.spyOn(Switchboard.prototype, "admit").mockImplementation((admission) =>
    Promise.resolve({
      outcome: {
        kind: "conference",
        conference,
        line: admission.room,
        role: admission.role,
        at: now,
        guessed: false,
      },
      entrance: { denied: null, others: null },
    }),
  );
  expect(await answer(call({ line, at: now }))).toEqual(expected);
});
