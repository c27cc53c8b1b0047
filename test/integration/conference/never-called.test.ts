/** Whoever reads a conference that nobody ever called leaves nothing behind. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { api, event, journal, view } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";
import { listen } from "../support/socket.ts";

let conference = "";
let count = 0;

/** A name that nobody has used. */
function newName(): string {
  count += 1;
  conference = `never-called-${count}`;
  return conference;
}

/** What is in the conference's storage. */
async function stored(): Promise<unknown> {
  return await runInDurableObject(env.CONFERENCE.getByName(conference), async (_, { storage }) => ({
    tables: storage.sql.exec("SELECT name FROM sqlite_schema").toArray(),
    values: [...(await storage.list())],
    alarm: await storage.getAlarm(),
  }));
}

const NOTHING = { tables: [], values: [], alarm: null };

function stub(): ReturnType<Env["CONFERENCE"]["getByName"]> {
  return env.CONFERENCE.getByName(conference);
}

it.each<[string, () => Promise<unknown>, unknown]>([
  ["view", () => stub().view(100), { count: 0, locked: false, participants: [] }],
  ["journal", () => stub().events(0, 100), { entries: [], more: false }],
  ["history", () => stub().history(3_600_000), { steps: [[expect.any(Number), 0]] }],
  ["recordings", () => stub().recordings(), []],
  ["one leg", () => stub().participant("leg"), null],
  ["what was said of a leg", () => stub().entrance("leg"), null],
  ["legs to act on", () => stub().roster(), []],
  ["standing", () => stub().standing(), { count: 0, since: null, started: false, locked: false }],
  ["legs to let go of", () => stub().release("leg"), []],
])("shows an empty %s and stores nothing", async (_, ask, expected) => {
  newName();
  const found = await ask();
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected as object);
  expect(await stored()).toEqual(NOTHING);
});

it("answers the read API as an empty room and stores nothing", async () => {
  newName();
  expect(await view(conference, "?gone=true")).toMatchObject({ count: 0, participants: [] });
  expect(await journal(conference)).toEqual([]);
  for (const path of ["/history", "/recordings"]) {
    expect((await api(`/conferences/${conference}${path}`)).status).toBe(200);
  }
  expect(await stored()).toEqual(NOTHING);
});

it("tells a live socket of an empty room and stores nothing, until somebody calls", async () => {
  const line = "14155558800";
  await env.LINES.put(line, newName());
  const socket = await listen<{ type: string; conference: { count: number } }>(
    `/conferences/${conference}/live`,
  );
  expect(await socket.next()).toMatchObject({ type: "snapshot", conference: { count: 0 } });
  expect(await stored()).toEqual(NOTHING);
  await play(call({ line }), ["answer", "answered", "transfer"]);
  expect(await socket.next()).toMatchObject({ type: "delta" });
  socket.close();
  expect(await view(conference)).toMatchObject({ count: 1 });
});

it("has a database once somebody called, and finds it again", async () => {
  const line = "14155558801";
  await env.LINES.put(line, newName());
  expect(await view(conference)).toMatchObject({ count: 0 });
  const of = call({ line });
  await play(of, ["answer", "answered", "transfer"]);
  await evictDurableObject(stub());
  expect(await view(conference)).toMatchObject({ count: 1 });
  await event(of.completed);
  expect(await view(conference)).toMatchObject({ count: 0 });
});

it("is written by whoever locks it before anybody came", async () => {
  newName();
  await stub().lock(true);
  await evictDurableObject(stub());
  expect(await view(conference)).toMatchObject({ locked: true });
});
