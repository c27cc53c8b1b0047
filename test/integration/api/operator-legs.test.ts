/** What an operator does to callers, one of them or all the guests. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BatchView } from "../../../src/contract/batch-view.ts";
import { faultOnce } from "../../simulator/rest/fault.ts";
import { event, view } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";
import {
  asked,
  evict,
  hanging,
  pass,
  ringAlarm,
  startCarrier,
  type TestCarrier,
} from "../support/carrier.ts";
import { join, order } from "../support/api/operator.ts";

const GUESTS = "14155550100";
const HOSTS = "14155550101";
const ROOM = "/conferences/standup";
/** What a caller hears who is told that they are banned. */
const REFUSED = [{ action: "talk" }];
const ADMITTED = [{ action: "talk" }, { action: "conversation", name: "standup" }];

type Participant = Record<string, unknown>;

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = startCarrier(["ada", "ben", "cleo"]);
  await env.LINES.put(GUESTS, "standup");
  await env.LINES.put(HOSTS, '{ "conference": "standup", "endOnExit": true }');
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

describe("one caller", () => {
  it.each([
    ["mute", { muted: true, earmuffed: false }],
    ["earmuff", { muted: false, earmuffed: true }],
  ])(
    "shows to be what the carrier confirmed after %s, and not any more when it is undone",
    async (action, shown) => {
      await join(GUESTS, "ada");
      const there = { leg: "ada", phase: "in" };
      expect(await order<Participant>(`${ROOM}/participants/ada/${action}`)).toMatchObject({
        status: 200,
        body: { ...there, ...shown },
      });
      expect(await order<Participant>(`${ROOM}/participants/ada/un${action}`)).toMatchObject({
        status: 200,
        body: { ...there, muted: false, earmuffed: false },
      });
      expect(carrier.control.deeds).toEqual([
        [action, "ada", true],
        [action, "ada", false],
      ]);
    },
  );

  it("is asked about at the data centre where they are", async () => {
    await join(GUESTS, "ada");
    await order(`${ROOM}/participants/ada/mute`);
    expect(carrier.origins).toEqual(["https://api-eu-3.vonage.com"]);
  });

  it("is hung up on, and is gone once the carrier says so", async () => {
    const ada = await join(GUESTS, "ada");
    expect(await order<Participant>(`${ROOM}/participants/ada/hangup`)).toMatchObject({
      status: 200,
      body: { leg: "ada", phase: "in" },
    });
    expect(carrier.control.deeds).toEqual([["hangup", "ada"]]);
    await play(ada, ["completed"]);
    expect((await view("standup")).count).toBe(0);
    expect(await order(`${ROOM}/participants/ada/mute`)).toMatchObject({
      status: 409,
      type: "application/problem+json",
      body: { detail: expect.stringContaining("completed") },
    });
  });

  it("who has gone without a word yet is a conflict that says so", async () => {
    await join(GUESTS, "dan");
    expect(await order(`${ROOM}/participants/dan/mute`)).toMatchObject({
      status: 409,
      body: {
        title: "Conflict",
        detail: expect.stringContaining("not in the conference any more"),
      },
    });
  });

  it("who never was there is not found, and the carrier is not asked", async () => {
    await join(GUESTS, "ada");
    for (const leg of ["nobody", "%2e%2e", "a%20b", "x".repeat(300)]) {
      expect((await order(`${ROOM}/participants/${leg}/mute`)).status).toBe(404);
    }
    expect((await order(`${ROOM}/participants/ada/dance`)).status).toBe(404);
    expect((await order("/conferences/town-hall/participants/ada/mute")).status).toBe(404);
    expect(asked(carrier)).toEqual([]);
  });

  it("whom the carrier will not mute stays as they were, and its reason is told", async () => {
    await join(GUESTS, "ada");
    carrier.api.faults = () => ({ kind: "error", acted: false, status: 403 });
    expect(await order(`${ROOM}/participants/ada/mute`)).toMatchObject({
      status: 502,
      body: { detail: expect.stringContaining("the carrier answered 403") },
    });
    expect((await view("standup")).participants).toMatchObject([{ muted: false }]);
  });

  it("is still being hung up on after eight seconds without a reply, and progress can be read", async () => {
    await join(GUESTS, "ada");
    carrier.api.faults = faultOnce(hanging(false), () => true);
    const late = await order<BatchView>(`${ROOM}/participants/ada/hangup`);
    expect(late).toMatchObject({
      status: 202,
      location: `/api/outbox/${late.body.batch}`,
      body: { total: 1, pending: 1, jobs: [{ kind: "hangup", leg: "ada", state: "sending" }] },
    });
    await pass(15_000);
    const response = await env.OUTBOX.getByName("account").progress(late.body.batch);
    expect(response).toMatchObject({ pending: 0, jobs: [{ state: "done" }] });
  });
});

describe("a caller who is banned", () => {
  it("is told so when they call again, until the room has emptied", async () => {
    const caller = "447700900111";
    const ada = await join(GUESTS, "ada", caller);
    const ben = await join(GUESTS, "ben", "447700900222");
    expect((await order(`${ROOM}/participants/ada/hangup`, { ban: true })).status).toBe(200);
    await play(ada, ["completed"]);
    expect(await answer(call({ line: GUESTS, caller }))).toMatchObject(REFUSED);
    expect(await answer(call({ line: GUESTS, caller }))).toHaveLength(1);
    expect(await answer(call({ line: GUESTS, caller: "447700900333" }))).toMatchObject(ADMITTED);
    await play(ben, ["completed"]);
  });

  it("is so before anybody is hung up on, and stays so where the carrier refuses that", async () => {
    const caller = "447700900111";
    await join(GUESTS, "ada", caller);
    await join(GUESTS, "ben", "447700900222");
    carrier.api.faults = () => ({ kind: "error", acted: false, status: 403 });
    expect((await order(`${ROOM}/participants/ada/hangup`, { ban: true })).status).toBe(502);
    expect(await answer(call({ line: GUESTS, caller }))).toHaveLength(1);
  });

  it.each([
    ["sip:447700900111@pbx.example.com;user=phone", "+44 7700 900111"],
    ["447700900111", "sip:%2B447700900111@pbx.example.com"],
    ["0044-7700-900111", "tel:+44-7700-900111"],
    ["sip:Alice@one.example.com", "sips:alice@two.example.com"],
  ])("as %s does not come back as %s", async (banned, again) => {
    await join(GUESTS, "ada", banned);
    await join(GUESTS, "ben", "447700900222");
    expect((await order(`${ROOM}/participants/ada/hangup`, { ban: true })).status).toBe(200);
    expect(await answer(call({ line: GUESTS, caller: again }))).toHaveLength(1);
    expect(await answer(call({ line: GUESTS, caller: "447700900112" }))).toMatchObject(ADMITTED);
  });

  it("needs a number to be known again by: a withheld one is a conflict, and nobody is hung up on", async () => {
    await join(GUESTS, "ada", "Unknown");
    expect(await order(`${ROOM}/participants/ada/hangup`, { ban: true })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("withheld") },
    });
    expect(asked(carrier)).toEqual([]);
  });
});

describe("all guests", () => {
  beforeEach(async () => {
    await join(GUESTS, "ada", "447700900111");
    await join(HOSTS, "ben", "447700900222");
    await join(GUESTS, "cleo", "447700900333");
  });

  it.each(["mute", "unmute", "earmuff", "unearmuff", "hangup"])(
    "%s: moderators are spared",
    async (action) => {
      expect(await order<BatchView>(`${ROOM}/guests/${action}`)).toMatchObject({
        status: 200,
        body: { conference: "standup", total: 2, pending: 0 },
      });
      expect(carrier.control.deeds.map(([, leg]) => leg)).toEqual(["ada", "cleo"]);
    },
  );

  it("are shown with what became of each, also of one who has gone meanwhile", async () => {
    carrier.control.hangup("cleo");
    const { body } = await order<BatchView>(`${ROOM}/guests/mute`);
    expect(body.jobs).toMatchObject([
      { leg: "ada", state: "done" },
      { leg: "cleo", state: "gone" },
    ]);
    expect((await view("standup")).participants).toMatchObject([
      { leg: "ada", muted: true },
      { leg: "ben", muted: false },
      { leg: "cleo", muted: false },
    ]);
  });

  it("can be banned", async () => {
    expect((await order(`${ROOM}/guests/hangup`, { ban: true })).status).toBe(200);
    for (const [caller, length] of [
      ["447700900111", 1],
      ["447700900222", 2],
    ] as const) {
      expect(await answer(call({ line: GUESTS, caller }))).toHaveLength(length);
    }
  });
});

describe("an Idempotency-Key", () => {
  const once = { "idempotency-key": "one" };

  it("makes a repetition ban nobody who came meanwhile, also where they withhold their number", async () => {
    await join(GUESTS, "ada", "447700900111");
    const first = await order<BatchView>(`${ROOM}/guests/hangup`, { ban: true }, once);
    await join(GUESTS, "ben", "447700900222");
    await join(GUESTS, "cleo", "Unknown");
    const second = await order<BatchView>(`${ROOM}/guests/hangup`, { ban: true }, once);
    expect(second).toMatchObject({ status: 200, body: { batch: first.body.batch, total: 1 } });
    expect(await answer(call({ line: GUESTS, caller: "447700900222" }))).toMatchObject(ADMITTED);
    expect(await answer(call({ line: GUESTS, caller: "447700900111" }))).toHaveLength(1);
  });

  it.each(["guests", "participants/ada"])(
    "that was used for another order bans nobody: %s",
    async (who) => {
      const caller = "447700900111";
      await join(GUESTS, "ada", caller);
      expect((await order(`${ROOM}/${who}/mute`, {}, once)).status).toBe(200);
      expect((await order(`${ROOM}/${who}/hangup`, { ban: true }, once)).status).toBe(422);
      expect(await answer(call({ line: GUESTS, caller }))).toMatchObject(ADMITTED);
    },
  );

  it("bans all the same where the order before it came to nothing", async () => {
    const caller = "447700900111";
    await join(GUESTS, "ada", caller);
    await join(GUESTS, "cleo", "Unknown");
    expect((await order(`${ROOM}/guests/hangup`, { ban: true }, once)).status).toBe(409);
    expect(asked(carrier)).toEqual([]);
    await order(`${ROOM}/participants/cleo/hangup`);
    await event(call({ line: GUESTS, leg: "cleo", caller: "Unknown" }).completed);
    expect((await order(`${ROOM}/guests/hangup`, { ban: true }, once)).status).toBe(200);
    expect(await answer(call({ line: GUESTS, caller }))).toHaveLength(1);
  });

  it("makes a repetition the same order, also after it has ended the leg", async () => {
    const ada = await join(GUESTS, "ada");
    const first = await order<Participant>(`${ROOM}/participants/ada/hangup`, undefined, once);
    await play(ada, ["completed"]);
    const second = await order<Participant>(`${ROOM}/participants/ada/hangup`, {}, once);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toMatchObject({ leg: "ada", phase: "gone" });
    expect(asked(carrier)).toEqual(["hangup"]);
  });

  it("tells of an order whose outcome nobody can tell that it is so", async () => {
    await join(GUESTS, "ada");
    carrier.api.faults = () => hanging(false);
    expect((await order(`${ROOM}/participants/ada/mute`, {}, once)).status).toBe(202);
    await evict();
    vi.setSystemTime(Date.now() + 3_600_000);
    await ringAlarm();
    expect(await order(`${ROOM}/participants/ada/mute`, {}, once)).toMatchObject({
      status: 504,
      body: { detail: expect.stringContaining("Nobody can tell whether it was done") },
    });
  });

  it("of another order to the conference is refused", async () => {
    await join(GUESTS, "ada");
    await order(`${ROOM}/participants/ada/mute`, undefined, once);
    expect(await order(`${ROOM}/participants/ada/unmute`, undefined, once)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("Take a new one") },
    });
    expect(asked(carrier)).toEqual(["mute"]);
  });
});
