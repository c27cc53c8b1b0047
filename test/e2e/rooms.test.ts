/**
 * What a room's rules promise, at the built Worker over HTTP: a storm gets exactly the places that there are, and guessing
 * is braked over calls.
 */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startLocalBridge } from "../simulator/commands/local-bridge.ts";
import type { LocalBridge } from "../simulator/commands/local-bridge.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import { authorization } from "../simulator/webhooks/signing.ts";
import { callerNumber } from "../simulator/scenarios/stage.ts";
import { answerPayload, transferPayload } from "../simulator/webhooks/wire.ts";
import type { LegIdentity, Payload } from "../simulator/webhooks/wire.ts";
import { inputPayload } from "../simulator/webhooks/wire-actions.ts";

const PLACES = 20;
const CALLERS = 200;
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

let running: LocalBridge | null = null;

beforeAll(async () => {
  const interrupted = new AbortController().signal;
  running = await startLocalBridge({ name: "rooms", worker: inject("worker"), interrupted });
});

afterAll(async () => {
  await running?.stop();
});

function bridge(): LocalBridge {
  if (running === null) throw new Error("no bridge");
  return running;
}

type Ncco = { action: string; text?: string; name?: string; eventUrl?: [string] }[];

function leg(line: string, caller: string): LegIdentity {
  const id = crypto.randomUUID().replaceAll("-", "");
  return { id, caller, line, origin: `CON-${crypto.randomUUID()}` };
}

async function post(url: string, payload: Payload): Promise<Response> {
  const body = JSON.stringify(payload);
  const stamp = { issuedAt: Date.now(), tokenId: crypto.randomUUID() };
  const headers = {
    "content-type": "application/json",
    authorization: authorization(bridge().account, body, stamp),
  };
  return await fetch(url, { method: "POST", headers, body });
}

async function dial(of: LegIdentity): Promise<Ncco> {
  const response = await post(`${bridge().url}/webhooks/answer`, answerPayload(of));
  return (await response.json()) as Ncco;
}

async function enter(of: LegIdentity, heard: Ncco, digits: string): Promise<Ncco> {
  const url = heard.find(({ action }) => action === "input")?.eventUrl?.[0] ?? "";
  const entered = { dtmf: { digits, timedOut: false }, speech: null };
  return (await (await post(url, inputPayload(of, of.origin, entered, Date.now()))).json()) as Ncco;
}

function isIn(ncco: Ncco, conference: string): boolean {
  return ncco.some(({ action, name }) => action === "conversation" && name === conference);
}

function says(ncco: Ncco, words: RegExp): boolean {
  return words.test(ncco[0]?.text ?? "");
}

async function view(
  conference: string,
): Promise<{ count: number; participants: { phase: string; admission: string }[] }> {
  const headers = { authorization: `Bearer ${bridge().token}` };
  const response = await fetch(`${bridge().url}/api/conferences/${conference}`, { headers });
  return (await response.json()) as Awaited<ReturnType<typeof view>>;
}

test.each(SEEDS)(
  "200 callers storm a room of 20: 20 are in and 180 are told, seed %i",
  async (seed) => {
    const conference = `storm-${seed}`;
    const line = String(14_155_560_000 + seed);
    await bridge().putLine(line, JSON.stringify({ conference, maxParticipants: PLACES }));
    const random = createRandom(`storm ${seed}`);
    // One in five is asked for twice at once.
    const callers = Array.from({ length: CALLERS }, (_, index) => ({
      of: leg(line, callerNumber(index)),
      times: random.chance(0.2) ? 2 : 1,
    }));
    const heard = await Promise.all(
      callers.map(async ({ of, times }) => {
        const answers = await Promise.all(Array.from({ length: times }, () => dial(of)));
        expect(new Set(answers.map((ncco) => JSON.stringify(ncco))).size).toBe(1);
        return { of, ncco: answers[0] ?? [] };
      }),
    );
    const inside = heard.filter(({ ncco }) => isIn(ncco, conference));
    const told = heard.filter(({ ncco }) => says(ncco, /full/));
    expect([inside.length, told.length]).toEqual([PLACES, CALLERS - PLACES]);

    const at = Date.now();
    await Promise.all(
      inside.map(async ({ of }) => {
        const moved = transferPayload(of, of.origin, "CON-the-room", at);
        expect((await post(`${bridge().url}/webhooks/event`, moved)).status).toBe(204);
      }),
    );
    const { count, participants } = await view(conference);
    expect(count).toBe(PLACES);
    expect(participants.filter(({ admission }) => admission === "unchecked")).toEqual([]);
  },
);

test("at most ten tries a minute of one caller reach a line over all their calls, and others are not braked", async () => {
  const line = "14155569001";
  const pin = "480215";
  await bridge().putLine(line, JSON.stringify({ conference: "guessed", pin }));
  const startedAt = performance.now();
  let tries = 0;
  let braked = 0;
  const guesser = callerNumber(1);
  for (let call = 0; call < 12; call += 1) {
    const of = leg(line, guesser);
    let heard = await dial(of);
    for (
      let attempt = 1;
      attempt <= 3 && heard.some(({ action }) => action === "input");
      attempt += 1
    ) {
      heard = await enter(of, heard, String(1000 + call * 3 + attempt));
      if (says(heard, /too many/)) braked += 1;
      else tries += 1;
    }
  }
  // Over a window's edge there may be as many again.
  const minutes = Math.ceil((performance.now() - startedAt) / 60_000);
  expect(tries).toBeLessThanOrEqual(10 * (minutes + 1));
  expect(tries + braked).toBeGreaterThan(12);
  expect(braked).toBeGreaterThan(0);

  const other = leg(line, callerNumber(2));
  expect(isIn(await enter(other, await dial(other), pin), "guessed")).toBe(true);
});
