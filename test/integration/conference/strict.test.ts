/** Rooms whose conference cannot be asked: who gets in unchecked, and who is told to call again. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conference } from "../../../src/index.ts";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { setClock } from "../support/alarms.ts";
import { journal, sendWith, signedPost, view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { brokenSwitchboard, elapse, stopTime } from "../support/faults.ts";
import { dial, roomOf, said, type Heard } from "../support/prompt.ts";

let line = 14155553000;
let conference = "";

beforeEach(() => {
  line += 1;
  conference = `strict-${line}`;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function putLine(options: object): Promise<void> {
  await env.LINES.put(String(line), JSON.stringify({ conference, ...options }));
}

function caller(index = 0): Call {
  return call({ line: String(line), caller: String(447700900000 + index) });
}

/** The switchboard tries what it could not hand over again, so many milliseconds from now. */
async function tryAgain(of: Call, later: number): Promise<void> {
  setClock(Date.now() + later);
  await runDurableObjectAlarm(env.SWITCHBOARD.getByName(shardOf(of.identity.id)));
}

/** Dials while the conference fails at once. */
async function dialInVain(of: Call): Promise<Heard> {
  const broken = vi.spyOn(Conference.prototype, "admit").mockRejectedValue(new Error("unwell"));
  const heard = await dial(of);
  broken.mockRestore();
  return heard;
}

async function phaseOf(of: Call): Promise<unknown> {
  const { participants } = await view(conference, "?gone=true");
  const found = participants.find(({ leg }) => leg === of.identity.id);
  return found && [found.phase, found["reason"], found["admission"]];
}

/** Sooner than the first caller would have stopped to wait, and later. */
const PAUSES = [1_000, 5_000];

it.each(PAUSES)(
  "a strict room's caller hears an apology and is counted nowhere, also when the conference hears of them after %i ms",
  async (pause) => {
    await putLine({ strict: true, maxParticipants: 1 });
    const of = caller(1);
    expect(said(await dialInVain(of))).toBe(en["line-unavailable"]);
    await tryAgain(of, pause);
    expect(await phaseOf(of)).toEqual(["refused", "unavailable", "checked"]);
    expect(await view(conference)).toMatchObject({ count: 0, arriving: 0 });
    const [entry] = await journal(conference);
    expect(entry).toMatchObject({ kind: "admission", body: { admission: "unavailable" } });
    // They hold no place either.
    expect(roomOf(await dial(caller(2)))).toBe(conference);
    expect(said(await dial(of))).toBe(en["line-unavailable"]);
  },
);

it.each(PAUSES)(
  "any other room's caller is let in unchecked, when the conference hears of them after %i ms, and takes a place",
  async (pause) => {
    await putLine({ maxParticipants: 2 });
    await play(caller(1), ["answer", "answered", "transfer"]);
    await play(caller(2), ["answer", "answered", "transfer"]);
    const third = caller(3);
    expect(roomOf(await dialInVain(third))).toBe(conference);
    await tryAgain(third, pause);
    expect(await phaseOf(third)).toEqual(["expected", null, "unchecked"]);
    await play(third, ["answered", "transfer"]);
    expect(await view(conference)).toMatchObject({ count: 3 });

    await play(caller(1), ["answer"]);
    expect(said(await dial(caller(4)))).toBe(en.full);
  },
);

it("a strict room's caller hears an apology where the carrier names no leg, so that nobody can be asked", async () => {
  await putLine({ strict: true });
  const { uuid: _, ...nameless } = caller().answer;
  const { response } = await sendWith({}, signedPost("/webhooks/answer", nameless));
  expect(said(await response.json<Heard>())).toBe(en["line-unavailable"]);
  await putLine({});
  const { response: usual } = await sendWith({}, signedPost("/webhooks/answer", nameless));
  expect(roomOf(await usual.json<Heard>())).toBe(conference);
});

it("a strict room's caller hears an apology when the conference hangs", async () => {
  // Timers of a Durable Object fire only in its own context, so here the real ones run: two seconds.
  await putLine({ strict: true });
  const of = caller();
  const hanging = vi
    .spyOn(Conference.prototype, "admit")
    .mockReturnValue(new Promise(() => undefined));
  const { response, settled } = await sendWith({}, signedPost("/webhooks/answer", of.answer));
  expect(said(await response.json<Heard>())).toBe(en["line-unavailable"]);
  await settled();
  hanging.mockRestore();
  await tryAgain(of, 5_000);
  expect(await phaseOf(of)).toEqual(["refused", "unavailable", "checked"]);
});

it.each(["throws", "hangs"] as const)(
  "a strict room's caller hears an apology when the switchboard %s, and is refused behind the reply",
  async (fault) => {
    await putLine({ strict: true });
    stopTime();
    const of = caller();
    const asked = sendWith(
      { SWITCHBOARD: brokenSwitchboard(fault, 1) },
      signedPost("/webhooks/answer", of.answer),
    );
    const { value } = await elapse(asked, 3_000);
    expect(said(await value.response.json<Heard>())).toBe(en["line-unavailable"]);
    await elapse(value.settled(), 60_000);
    expect(await phaseOf(of)).toEqual(["refused", "unavailable", "checked"]);
    expect(await view(conference)).toMatchObject({ count: 0, arriving: 0 });
  },
);
