/** Codes and PINs as callers enter them, as others forge them, and as the carrier asks again. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signedUrl } from "../../../src/calls/callback-urls/signed-url.ts";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { fallbackPayload, transferPayload } from "../../simulator/webhooks/wire.ts";
import { api, event, send, sendWith, signedPost, view, type Payload } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { brokenSwitchboard, elapse, stopTime } from "../support/faults.ts";
import {
  dial,
  enter,
  enterAt,
  inputOf,
  pathOf,
  promptOf,
  roomOf,
  said,
  type Heard,
} from "../support/prompt.ts";

const PIN = "480215";
let line = 14155555000;
let conference = "";

beforeEach(async () => {
  line += 1;
  conference = `prompts-${line}`;
  const rooms = {
    "2001": conference,
    "2002": { conference: `${conference}-board`, pin: PIN },
    "2003": { conference: `${conference}-other`, pin: "999111" },
  };
  await env.LINES.put(String(line), JSON.stringify({ rooms }));
});

afterEach(() => {
  vi.restoreAllMocks();
});

function caller(index = 0): Call {
  return call({ line: String(line), caller: String(447700900000 + index) });
}

/** The prompt for the PIN of the board's room. */
async function atThePin(of: Call): Promise<Heard> {
  return await enter(of, await dial(of), "2002");
}

const apology = en["line-unavailable"];

it("lets in who entered the right PIN while the switchboard hangs, inside the carrier's patience", async () => {
  const of = caller();
  const url = promptOf(await atThePin(of));
  stopTime();
  const bindings = { SWITCHBOARD: brokenSwitchboard("hangs") };
  const asked = sendWith(bindings, signedPost(pathOf(url), inputOf(of, PIN)));
  const { value } = await elapse(asked, 4_000);
  expect(roomOf(await value.response.json<Heard>())).toBe(`${conference}-board`);
  vi.useRealTimers();
});

it("leads through the code and the PIN into the room", async () => {
  const of = caller();
  const first = await dial(of);
  expect(said(first)).toBe(en["ask-code"]);
  const second = await enter(of, first, "2002");
  expect(said(second)).toBe(en["ask-pin"]);
  expect(roomOf(await enter(of, second, PIN))).toBe(`${conference}-board`);
  await play(of, ["answered", "transfer"]);
  expect(await view(`${conference}-board`)).toMatchObject({ count: 1 });
});

it.each<[string, string[], string[]]>([
  [
    "three wrong codes",
    ["1", "2", "3"],
    [en["ask-code-again"], en["ask-code-again"], en["wrong-code"]],
  ],
  ["no entry at all", ["", "", ""], [en["ask-code-again"], en["ask-code-again"], en["wrong-code"]]],
  [
    "a wrong code and two wrong PINs",
    ["1", "2002", "1", "2"],
    [en["ask-code-again"], en["ask-pin"], en["ask-pin-again"], en["wrong-code"]],
  ],
])("says goodbye after %s", async (_, entries, expected) => {
  const of = caller();
  let heard = await dial(of);
  const texts: unknown[] = [];
  for (const digits of entries) {
    heard = await enter(of, heard, digits);
    texts.push(said(heard));
  }
  expect(texts).toEqual(expected);
  expect(heard).toHaveLength(1);
  expect(await api(`/legs/${of.identity.id}`)).toMatchObject({
    body: { outcome: "none", reason: "wrong-code", participant: null },
  });
});

it("says the same when an answer to a prompt is delivered twice", async () => {
  const of = caller();
  const first = await dial(of);
  const wrong = await enter(of, first, "1");
  expect(await enter(of, first, "1")).toEqual(wrong);
  const right = await enter(of, wrong, "2001");
  expect(await enter(of, wrong, "2001")).toEqual(right);
  expect((await view(conference)).participants).toHaveLength(1);
});

it.each<[string, (url: URL, other: URL) => void]>([
  ["another try", (url) => url.searchParams.set("try", "1")],
  ["a try that is none", (url) => url.searchParams.set("try", "4")],
  ["another room", (url, other) => setFrom(url, other, "room")],
  ["the code of another prompt", (url, other) => setFrom(url, other, "code")],
  ["no code", (url) => url.searchParams.delete("code")],
  ["another line", (url) => url.searchParams.set("line", "14155550199")],
  ["another question", (url) => url.searchParams.set("step", "join")],
  ["a room without its PIN", (url) => url.searchParams.set("room", "")],
  ["another caller", (url) => url.searchParams.set("caller", "447700900999")],
  ["no caller", (url) => url.searchParams.delete("caller")],
  ["an empty caller", (url) => url.searchParams.set("caller", "")],
  ["no conversation", (url) => url.searchParams.delete("origin")],
])("apologises for a prompt's URL that says %s, and moves nothing", async (_, forge) => {
  const [of, helper] = [caller(1), caller(2)];
  const again = await enter(of, await atThePin(of), "1");
  const url = new URL(promptOf(again));
  const other = await enter(helper, await dial(helper), "2003");
  forge(url, new URL(promptOf(other)));
  expect(said(await enterAt(of, url.href, PIN))).toBe(apology);
  await expectNowhere(of);
  // The prompt that was heard still stands.
  expect(roomOf(await enter(of, again, PIN))).toBe(`${conference}-board`);
});

function setFrom(url: URL, other: URL, name: string): void {
  url.searchParams.set(name, other.searchParams.get(name) ?? "");
}

async function expectNowhere(of: Call): Promise<void> {
  const { id } = of.identity;
  const record = await env.SWITCHBOARD.getByName(shardOf(id)).leg(id);
  expect(record?.outcome ?? null).toBeNull();
  expect((await view(`${conference}-board`)).participants).toEqual([]);
}

it("apologises to another leg that answers a caller's prompt, and moves neither", async () => {
  const [of, thief] = [caller(1), caller(2)];
  const prompt = await atThePin(of);
  expect(said(await enter(thief, prompt, PIN))).toBe(apology);
  await expectNowhere(of);
  await expectNowhere(thief);
});

it("apologises where the room has gone from the line since the question", async () => {
  const of = caller();
  const prompt = await atThePin(of);
  await env.LINES.put(String(line), JSON.stringify({ rooms: { "2001": conference } }));
  expect(said(await enter(of, prompt, PIN))).toBe(apology);
});

it("takes a new code for the same room as another room", async () => {
  const of = caller();
  const prompt = await atThePin(of);
  const moved = { rooms: { "3002": { conference: `${conference}-board`, pin: PIN } } };
  await env.LINES.put(String(line), JSON.stringify(moved));
  expect(said(await enter(of, prompt, PIN))).toBe(apology);
});

it("asks again where the carrier could not hear what came of an entry", async () => {
  const of = caller();
  const prompt = await atThePin(of);
  const failed = fallbackPayload(inputOf(of, PIN), "event", promptOf(prompt), "timeout");
  const response = await send(signedPost("/webhooks/fallback", failed));
  const again = await response.json<Heard>();
  expect(again).toEqual(prompt);
  expect(roomOf(await enter(of, again, PIN))).toBe(`${conference}-board`);
});

it("apologises where a failed event was no prompt of ours", async () => {
  const of = caller();
  const url = new URL(promptOf(await atThePin(of)));
  url.searchParams.set("try", "2");
  const failed = fallbackPayload(inputOf(of, PIN), "event", url.href, "timeout");
  const response = await send(signedPost("/webhooks/fallback", failed));
  expect(said(await response.json<Heard>())).toBe(apology);
});

it("puts a caller who is in a room into it again when an earlier prompt's answer comes once more", async () => {
  const of = caller();
  const first = await dial(of);
  const heard = await enter(of, first, "2001");
  // As if the carrier had kept the wrong entry of a while ago.
  await env.LINES.delete(String(line));
  expect(await enter(of, first, "2001")).toEqual(heard);
});

describe("who calls is what the answer webhook said", () => {
  it.each<[string, Payload]>([
    ["names nobody", { from: undefined, to: undefined }],
    ["names only the line", { from: undefined }],
    ["swaps the two", { from: String(line), to: "447700900007" }],
    ["names somebody else", { from: "447700900999" }],
    ["withholds", { from: "Unknown" }],
    ["names another conversation", { conversation_uuid: "CON-another" }],
    ["names no conversation", { conversation_uuid: undefined }],
  ])("where an entry %s, through every prompt", async (_, odd) => {
    const of = caller(7);
    const wrong = await enterAs(of, await dial(of), "1", odd);
    expect(roomOf(await enterAs(of, wrong, "2001", odd))).toBe(conference);
    expect(await ofPeople()).toEqual([of.identity.caller]);
    // What moves the leg out of the conversation that it was answered in moves it into its room.
    await event(transferPayload(of.identity, of.identity.origin, "CON-the-room", Date.now()));
    expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
  });

  it("also where an earlier prompt is asked again for the carrier's sake", async () => {
    const of = caller(7);
    const prompt = await dial(of);
    const failed = fallbackPayload(inputOf(of, "1"), "event", promptOf(prompt), "timeout");
    const response = await send(signedPost("/webhooks/fallback", failed));
    const again = await response.json<Heard>();
    expect(roomOf(await enterAs(of, again, "2001", { from: undefined }))).toBe(conference);
    expect(await ofPeople()).toEqual([of.identity.caller]);
  });

  it("so that an entry which names nobody does not pass a ban", async () => {
    await env.CONFERENCE.getByName(conference).ban(caller(7).identity.caller);
    const of = caller(7);
    expect(said(await enterAs(of, await dial(of), "2001", { from: undefined }))).toBe(en.banned);
  });

  it.each([
    ["of addresses", "sip:Ann Lee+x@pbx.example.com;user=phone"],
    ["of queries", "447700900007&caller=447700900999"],
    ["of names", "Zoë %41 \u{1f600}"],
    ["that are half ones", "half \ud83d"],
  ])("also in characters %s", async (_, name) => {
    const of = call({ line: String(line), caller: name });
    expect(roomOf(await enterAs(of, await dial(of), "2001", { from: undefined }))).toBe(conference);
    expect(await ofPeople()).toEqual([name.toWellFormed()]);
  });

  it("but for who was asked before the bridge kept it: the entry's own word counts", async () => {
    const of = caller(7);
    const prompt = new URL(promptOf(await dial(of)));
    const names = ["leg", "line", "step", "try", "room", "region", "language"] as const;
    const then = Object.fromEntries(
      names.map((name) => [name, prompt.searchParams.get(name) ?? ""]),
    );
    const secrets = [env.VONAGE_SIGNATURE_SECRET ?? ""];
    const before = await signedUrl(prompt.origin, prompt.pathname, then, secrets);
    const wrong = await enterAt(of, before, "1");
    expect(said(wrong)).toBe(en["ask-code-again"]);
    // From here on it is kept.
    expect(roomOf(await enterAs(of, wrong, "2001", { from: undefined }))).toBe(conference);
    expect(await ofPeople()).toEqual([of.identity.caller]);
  });
});

async function ofPeople(): Promise<unknown[]> {
  return (await view(conference)).participants.map(({ caller: who }) => who);
}

/** Enters digits while the carrier's event says something else than it should. */
async function enterAs(of: Call, heard: Heard, digits: string, odd: Payload): Promise<Heard> {
  const payload = { ...inputOf(of, digits), ...odd };
  const response = await send(signedPost(pathOf(promptOf(heard)), payload));
  return await response.json<Heard>();
}
