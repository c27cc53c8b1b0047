/** What went wrong, as an operator finds it: each problem once, however often it happens. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { DirectoryDelta, DirectorySnapshot } from "../../../src/contract/live-messages.ts";
import type { ProblemView } from "../../../src/contract/directory-view.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { objectsOf, ringUntil, setClock } from "../support/alarms.ts";
import { ACCOUNT, api, event, send, sendWith, signedPost } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";
import { listen } from "../support/socket.ts";

const directory = env.DIRECTORY.getByName("all");

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function problems(): Promise<ProblemView[]> {
  return (await api<{ problems: ProblemView[] }>("/problems")).body.problems;
}

/** Waits for a problem, since nobody waits for its telling. */
async function problem(kind: string, subject: string): Promise<ProblemView> {
  return await vi.waitFor(async () => {
    const found = (await problems()).find((one) => one.kind === kind && one.subject === subject);
    if (found === undefined) throw new Error(`no ${kind} of ${subject}`);
    return found;
  }, 10_000);
}

it("names a number that was called and has no line", async () => {
  await play(call({ line: "14155580001" }), ["answer"]);
  const { detail, count } = await problem("unknown-number", "14155580001");
  expect(count).toBe(1);
  expect(detail).toContain("no line");
});

it("names a line that is misconfigured, with what is wrong with it and without what was typed", async () => {
  await env.LINES.put("14155580002", '{"conference":"standup","pin":4711}');
  await play(call({ line: "14155580002" }), ["answer"]);
  const { detail } = await problem("misconfigured-line", "14155580002");
  expect(detail).toContain("pin");
  expect(detail).not.toContain("4711");
});

it("names a webhook whose signature is wrong, by the reason, once for many of them", async () => {
  const stranger = { ...ACCOUNT, signatureSecret: "somebody-else's-secret-0123456789" };
  for (let n = 0; n < 5; n++) {
    const response = await send(signedPost("/webhooks/event", call().answered, stranger));
    expect(response.status).toBe(401);
  }
  const refused = await vi.waitFor(async () => {
    const found = (await problems()).filter(({ kind }) => kind === "webhook-refused");
    expect(found).toHaveLength(1);
    return found[0];
  }, 10_000);
  expect(refused).toMatchObject({ count: 1 });
  // The other four are told of with the next one, ten seconds later.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11_000 });
  await send(signedPost("/webhooks/event", call().answered, stranger));
  await vi.waitFor(async () => {
    const [found] = (await problems()).filter(({ kind }) => kind === "webhook-refused");
    expect(found?.count).toBe(6);
  }, 10_000);
});

it("names what the carrier complains of, without any number", async () => {
  await event({
    reason: "Destination 447700900123 not reachable",
    timestamp: "2026-11-01T10:00:00Z",
  });
  const { detail } = await problem("carrier-error", "“Destination ***23 not reachable”");
  expect(detail).not.toContain("447700900123");
});

it("names a leg that cannot be sent anywhere", async () => {
  const start = Date.parse("2031-07-01T09:00:00Z");
  setClock(start);
  const lost = call({ line: "14155580003", at: start });
  await event(lost.answered);
  await ringUntil(start + 120_000, objectsOf(lost.identity.id, "nowhere"));
  vi.useRealTimers();
  expect(
    (await env.SWITCHBOARD.getByName(shardOf(lost.identity.id)).leg(lost.identity.id))?.outcome,
  ).toMatchObject({ kind: "none" });
  const reason = "unknown-number";
  expect((await problem("unrouted-leg", reason)).detail).toContain(lost.identity.id);
});

it("names a room that the carrier split", async () => {
  await env.LINES.put("14155580004", "split-in-two");
  for (const room of ["CON-here", "CON-there"]) {
    await play(call({ line: "14155580004", room }), ["answer", "answered", "transfer"]);
  }
  const { detail } = await problem("split-room", "split-in-two");
  expect(detail).toContain("region");
});

it("keeps the latest 50 of a kind, and of the others what it had, also over an eviction", async () => {
  const ofOthers = async (): Promise<string[]> =>
    (await problems())
      .flatMap(({ kind, id }) => (kind === "unknown-number" ? [] : [id]))
      .toSorted();
  const others = await ofOthers();
  expect(others.length).toBeGreaterThan(2);
  const start = Date.now();
  for (let n = 0; n < 510; n++) {
    // A minute apart: a flood is another test's.
    vi.useFakeTimers({ toFake: ["Date"], now: start + n * 120_000 });
    const subject = `number-${n}`;
    await directory.notice({ kind: "unknown-number", subject, detail: "no line", times: 1 });
  }
  await evictDurableObject(directory);
  const kept = await problems();
  expect(
    kept.filter(({ kind }) => kind === "unknown-number").map(({ subject }) => subject),
  ).toEqual(Array.from({ length: 50 }, (_, n) => `number-${509 - n}`));
  expect(await ofOthers()).toEqual(others);
  const rows = await runInDurableObject(directory, (_, { storage }) =>
    storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM problem").one(),
  );
  expect(rows.n).toBe(kept.length);
});

it("writes a problem that goes on once a minute at most", async () => {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now });
  const notice = { kind: "webhook-refused", subject: "flood", detail: "again", times: 1 } as const;
  await directory.notice(notice);
  const written = async (): Promise<number> =>
    await runInDurableObject(
      directory,
      (_, { storage }) =>
        storage.sql
          .exec<{ count: number }>("SELECT count FROM problem WHERE subject = 'flood'")
          .one().count,
    );
  for (let n = 0; n < 9; n++) await directory.notice(notice);
  expect(await written()).toBe(1);
  expect((await problems()).find(({ subject }) => subject === "flood")?.count).toBe(10);
  vi.setSystemTime(now + 61_000);
  await directory.notice(notice);
  expect(await written()).toBe(11);
});

it("fails no caller and no webhook where the directory is down", async () => {
  const down = new Proxy(env.DIRECTORY, {
    get: () => () => {
      throw new Error("the platform is unwell");
    },
  });
  const { answer } = call({ line: "14155580005" });
  const { response, settled } = await sendWith(
    { DIRECTORY: down },
    signedPost("/webhooks/answer", answer),
  );
  await settled();
  expect(response.status).toBe(200);
  expect(JSON.stringify(await response.json())).toContain("talk");
});

it("says live what goes on in all conferences, and what goes wrong", async () => {
  await env.LINES.put("14155580006", "watched");
  const socket = await listen<DirectorySnapshot | DirectoryDelta>("/live");
  const first = await socket.next();
  expect(first.type).toBe("snapshot");
  expect(first.problems.length).toBeGreaterThan(0);
  expect(first.problems.length).toBeLessThanOrEqual(50);

  const ann = call({ line: "14155580006" });
  await play(ann, ["answer", "answered", "transfer"]);
  await play(call({ line: "14155580007" }), ["answer"]);
  const said = (): { count: number | null; live: boolean }[] =>
    socket.messages
      .slice(1)
      .flatMap(({ conferences }) => conferences.filter(({ name }) => name === "watched"));
  await vi.waitFor(() => {
    expect(said().at(-1)).toMatchObject({ live: true, count: 1 });
    const noticed = socket.messages.slice(1).flatMap((message) => message.problems);
    expect(noticed.map(({ subject }) => subject)).toContain("14155580007");
  }, 10_000);
  await play(ann, ["completed"]);
  await vi.waitFor(() => expect(said().at(-1)).toMatchObject({ live: false, count: 0 }), 10_000);
  const numbers = socket.messages.map(({ seq }) => seq - first.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index));
  socket.close();
});
