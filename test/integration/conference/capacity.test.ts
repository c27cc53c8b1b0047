/** A room that holds so many: who gets a place when there are fewer places than callers. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { setClock } from "../support/alarms.ts";
import { api, view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { dial, enter, roomOf, said, type Heard } from "../support/prompt.ts";

let line = 14155552000;
let conference = "";

beforeEach(() => {
  line += 1;
  conference = `capacity-${line}`;
});

afterEach(() => {
  vi.useRealTimers();
  delete env.MAX_PARTICIPANTS;
});

async function putLine(options: object): Promise<void> {
  await env.LINES.put(String(line), JSON.stringify({ conference, ...options }));
}

function caller(index = 0): Call {
  return call({ line: String(line), caller: String(447700900000 + index) });
}

/** Dials, and enters the moderators' PIN. */
async function moderator(index: number, pin: string): Promise<Heard> {
  const of = caller(index);
  return await enter(of, await dial(of), pin);
}

it("lets in exactly twenty of sixty who call at once, and tells the others", async () => {
  await putLine({ maxParticipants: 20 });
  const callers = Array.from({ length: 60 }, (_, index) => caller(index));
  const heard = await Promise.all(callers.map(dial));
  const admitted = callers.filter((_, index) => roomOf(heard[index] ?? []) === conference);
  const told = heard.filter((ncco) => said(ncco) === en.full);
  expect([admitted.length, told.length]).toEqual([20, 40]);

  await Promise.all(admitted.map((of) => play(of, ["answered", "transfer"])));
  await Promise.all(callers.slice(0, 5).map((of) => dial(of)));
  const { count, participants } = await view(conference);
  expect(count).toBe(20);
  expect(participants.filter(({ phase }) => phase === "refused")).toHaveLength(40);
  expect(participants.filter(({ phase }) => phase === "in").map(({ leg }) => leg)).toEqual(
    expect.arrayContaining(admitted.map(({ identity }) => identity.id)),
  );
});

it("gives the place of somebody who left to the next caller", async () => {
  await putLine({ maxParticipants: 2 });
  const first = caller(1);
  await play(first, ["answer", "answered", "transfer"]);
  await play(caller(2), ["answer", "answered", "transfer"]);
  expect(said(await dial(caller(3)))).toBe(en.full);
  await play(first, ["completed"]);
  expect(roomOf(await dial(caller(4)))).toBe(conference);
  expect(said(await dial(caller(5)))).toBe(en.full);
});

it("lets moderators past the room's own limit, and nobody past what the carrier takes", async () => {
  Object.assign(env, { MAX_PARTICIPANTS: "4" });
  await putLine({ maxParticipants: 2, moderatorPin: "73190" });
  const guests = await Promise.all([1, 2, 3].map((index) => moderator(index, "")));
  expect(guests.map(roomOf).filter((room) => room === conference)).toHaveLength(2);
  const moderators = await Promise.all([4, 5, 6].map((index) => moderator(index, "73190")));
  expect(moderators.map(roomOf).filter((room) => room === conference)).toHaveLength(2);
  expect(moderators.map(said).filter((text) => text === en.full)).toHaveLength(1);
});

it.each([
  ["20", 30, "misconfigured"],
  ["100", 80, "open"],
])(
  "says of a line in a bridge of %s places what its callers find: %i is %s",
  async (most, limit, kind) => {
    Object.assign(env, { MAX_PARTICIPANTS: most });
    await putLine({ maxParticipants: limit });
    const { body } = await api<{ problems: string[] }>(`/lines/${line}`);
    const heard = await dial(caller());
    expect([body.problems.length > 0, roomOf(heard) === null]).toEqual(
      kind === "open" ? [false, false] : [true, true],
    );
  },
);

it("holds a place for a caller who never arrives for two minutes and no longer", async () => {
  const now = Date.now();
  setClock(now);
  await putLine({ maxParticipants: 1 });
  await dial(caller(1));
  setClock(now + 119_999);
  expect(said(await dial(caller(2)))).toBe(en.full);
  setClock(now + 120_000);
  expect(roomOf(await dial(caller(3)))).toBe(conference);
});

it("counts nobody who was refused, also while they are told so", async () => {
  await putLine({ maxParticipants: 1 });
  await play(caller(1), ["answer", "answered", "transfer"]);
  const refused = caller(2);
  await play(refused, ["answer", "started", "ringing", "answered"]);
  expect(await view(conference)).toMatchObject({ count: 1, arriving: 0 });
  const find = async (): Promise<unknown> =>
    (await view(conference, "?gone=true")).participants.find(
      ({ leg }) => leg === refused.identity.id,
    );
  expect(await find()).toMatchObject({ phase: "refused", reason: "full", admission: "checked" });
  await play(refused, ["completed"]);
  expect(await find()).toMatchObject({ phase: "gone" });
});

it.each<[string, () => Promise<unknown>]>([
  ["nothing else has changed", async () => undefined],
  ["a place has become free meanwhile", async () => await putLine({ maxParticipants: 9 })],
  ["the line is gone meanwhile", async () => await env.LINES.delete(String(line))],
  ["the line is closed meanwhile", async () => await putLine({ allow: ["1"] })],
])("says the same to a refused caller who is asked for twice, when %s", async (_, change) => {
  await putLine({ maxParticipants: 1 });
  const first = caller(1);
  await play(first, ["answer", "answered", "transfer"]);
  const refused = caller(2);
  expect(said(await dial(refused))).toBe(en.full);
  await play(first, ["completed"]);
  await change();
  expect(said(await dial(refused))).toBe(en.full);
});
