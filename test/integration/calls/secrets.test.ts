/** What callers enter stays with them: no code and no PIN, right or wrong, is written down, said or sent anywhere. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fallbackPayload } from "../../simulator/webhooks/wire.ts";
import { ORIGIN, send, sendWith, signedGet, signedPost, type Payload } from "../support/bridge.ts";
import { brokenSwitchboard } from "../support/faults.ts";
import { call, play, type Call } from "../support/call.ts";
import { dial, inputOf, pathOf, promptOf, roomOf, type Heard } from "../support/prompt.ts";

const CODE = "731902648";
const PIN = "480215937";
const MODERATOR_PIN = "556779923";
const WRONG = "998877665";
const SECRETS = [CODE, PIN, MODERATOR_PIN, WRONG];

let line = 14155556000;
let conference = "";

/** Everything that left the Worker. */
let seen: string[] = [];

beforeEach(async () => {
  seen = [];
  line += 1;
  conference = `secrets-${line}`;
  vi.spyOn(console, "log").mockImplementation((...said: unknown[]) => {
    seen.push(JSON.stringify(said), said.map(String).join(" "));
  });
  const room = { conference, pin: PIN, moderatorPin: MODERATOR_PIN };
  await env.LINES.put(String(line), JSON.stringify({ rooms: { [CODE]: room } }));
});

afterEach(() => {
  vi.restoreAllMocks();
});

type Way = (path: string, payload: Payload) => Request;

function post(path: string, payload: Payload): Request {
  return signedPost(path, payload);
}

/** As a carrier that ignores our `eventMethod`: what the URL says and what the webhook says in one query. */
function get(path: string, payload: Payload): Request {
  const { pathname, searchParams } = new URL(path, ORIGIN);
  return signedGet(pathname, { ...Object.fromEntries(searchParams), ...payload });
}

async function enterBy(way: Way, of: Call, heard: Heard, digits: string): Promise<Heard> {
  const path = pathOf(promptOf(heard));
  const response = await send(way(path, inputOf(of, digits)));
  const text = await response.text();
  seen.push(text);
  return JSON.parse(text) as Heard;
}

async function read(path: string): Promise<void> {
  const headers = { authorization: `Bearer ${env.API_TOKEN}` };
  seen.push(await (await send(new Request(`${ORIGIN}${path}`, { headers }))).text());
}

/** Everything that the API says. */
async function readAll(of: Call): Promise<void> {
  await read(`/api/conferences/${conference}?gone=true`);
  await read(`/api/conferences/${conference}/events?limit=1000`);
  await read(`/api/legs/${of.identity.id}`);
  await read(`/api/lines/${line}`);
}

function expectNothingGivenAway(): void {
  expect(seen.length).toBeGreaterThan(0);
  for (const secret of SECRETS) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  }
}

it.each<[string, Way]>([
  ["POST", post],
  ["GET", get],
])("on the way into a room, by %s", async (_, way) => {
  const of = call({ line: String(line) });
  let heard = await dial(of);
  seen.push(JSON.stringify(heard));
  for (const digits of [WRONG, CODE, PIN]) heard = await enterBy(way, of, heard, digits);
  expect(roomOf(heard)).toBe(conference);
  await play(of, ["answered", "transfer", "completed"]);
  await readAll(of);
  expectNothingGivenAway();
});

it("as a moderator, whose admission is journalled with the role alone", async () => {
  const of = call({ line: String(line) });
  const heard = await enterBy(post, of, await dial(of), CODE);
  expect(roomOf(await enterBy(post, of, heard, MODERATOR_PIN))).toBe(conference);
  await readAll(of);
  expectNothingGivenAway();
  expect(seen.some((text) => text.includes('"role":"moderator"'))).toBe(true);
});

it("in events that the carrier also sends elsewhere, and in what failed", async () => {
  const of = call({ line: String(line) });
  const heard = await dial(of);
  const entered = inputOf(of, PIN);
  await send(signedPost("/webhooks/event", entered));
  await send(signedPost("/webhooks/event", { ...entered, dtmf: CODE }));
  await send(signedPost("/webhooks/event", { ...entered, type: "audio:dtmf", digits: PIN }));
  const failed = fallbackPayload(entered, "event", promptOf(heard), "timeout");
  seen.push(await (await send(signedPost("/webhooks/fallback", failed))).text());
  // The right ones, with nobody there who could take them.
  const broken = { SWITCHBOARD: brokenSwitchboard("throws", 2) };
  const { response, settled } = await sendWith(
    broken,
    signedPost(pathOf(promptOf(heard)), inputOf(of, CODE)),
  );
  seen.push(await response.text());
  await settled();
  await enterBy(post, of, await enterBy(post, of, heard, CODE), PIN);
  await readAll(of);
  expectNothingGivenAway();
});

it("in a line that cannot be used", async () => {
  const room = { conference, pin: PIN, moderatorPin: PIN, maxParticipants: "many" };
  await env.LINES.put(
    String(line),
    JSON.stringify({ rooms: { [CODE]: room, [WRONG]: { pin: 480215937 } } }),
  );
  const of = call({ line: String(line) });
  seen.push(JSON.stringify(await dial(of)));
  await read(`/api/lines/${line}`);
  expectNothingGivenAway();
});

it("and no secret of ours is journalled with an answer that came by GET", async () => {
  const of = call({ line: String(line) });
  const first = await dial(of);
  const second = await enterBy(get, of, first, CODE);
  expect(roomOf(await enterBy(get, of, second, PIN))).toBe(conference);
  seen = [];
  await readAll(of);
  for (const heard of [first, second]) {
    const code = new URL(promptOf(heard)).searchParams.get("code") ?? "none";
    expect(seen.filter((text) => text.includes(code))).toEqual([]);
  }
});
