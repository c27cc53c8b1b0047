/** A room that ends with its last moderator: by the bridge where it has credentials, else by the carrier. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi, type MockInstance } from "vitest";
import { Outbox, type Conference } from "../../../src/index.ts";
import { KEYS } from "../../unit/simulator/rest/rest-client.ts";
import { ringUntil, setClock } from "../support/alarms.ts";
import { ACCOUNT, view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { dial, enter, type Heard } from "../support/prompt.ts";

const PIN = "73190";
/** Years ahead, so that no alarm rings by itself. */
const START = Date.parse("2031-06-01T09:00:00Z");
let line = 14155557000;
let conference = "";

beforeEach(async () => {
  line += 1;
  conference = `ending-${line}`;
  setClock(START);
  const value = { conference, moderatorPin: PIN, waitForModerator: true, endWithModerator: true };
  await env.LINES.put(String(line), JSON.stringify(value));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  delete env.VONAGE_PRIVATE_KEY;
  delete env.VONAGE_APPLICATION_ID;
});

function haveCredentials(): void {
  const { applicationId } = ACCOUNT;
  Object.assign(env, { VONAGE_APPLICATION_ID: applicationId, VONAGE_PRIVATE_KEY: KEYS.privateKey });
}

function room(): DurableObjectStub<Conference> {
  return env.CONFERENCE.getByName(conference);
}

function submissions(): MockInstance<Outbox["submit"]> {
  const taken = { ok: true, batch: "batch", repeated: false } as const;
  return vi.spyOn(Outbox.prototype, "submit").mockResolvedValue(taken);
}

function caller(index: number): Call {
  return call({ line: String(line), caller: String(447700900000 + index) });
}

async function come(of: Call, pin = ""): Promise<Heard> {
  const heard = await enter(of, await dial(of), pin);
  await play(of, ["answered", "transfer"]);
  return heard;
}

function conversation(heard: Heard): Heard[number] | undefined {
  return heard.find(({ action }) => action === "conversation");
}

it("lets the carrier end the room where the bridge has no credentials", async () => {
  const submit = submissions();
  const host = caller(1);
  expect(conversation(await come(host, PIN))).toMatchObject({ endOnExit: true });
  expect(conversation(await come(caller(2)))).not.toHaveProperty("endOnExit");
  await play(host, ["completed"]);
  expect(await view(conference)).toMatchObject({ count: 1, endsAt: null });
  await ringUntil(START + 120_000, [room()]);
  expect(submit).not.toHaveBeenCalled();
});

it("hangs up on who is left a minute after the last moderator has gone", async () => {
  haveCredentials();
  const submit = submissions();
  const [first, second, guest, late] = [caller(1), caller(2), caller(3), caller(4)];
  expect(conversation(await come(first, PIN))).not.toHaveProperty("endOnExit");
  await come(second, PIN);
  await come(guest);
  await play(first, ["completed"]);
  expect(await view(conference)).toMatchObject({ endsAt: null });
  await play(second, ["completed"]);
  const endsAt = new Date(START + 60_000).toISOString();
  expect(await view(conference)).toMatchObject({ count: 1, endsAt });
  await come(late);
  await ringUntil(START + 59_000, [room()]);
  expect(submit).not.toHaveBeenCalled();

  await ringUntil(START + 65_000, [room()]);
  expect(submit).toHaveBeenCalledOnce();
  const [submission] = submit.mock.calls[0] ?? [];
  expect(submission).toMatchObject({ conference });
  const remaining = [guest, late].map(({ identity }) => ({
    kind: "hangup",
    leg: identity.id,
    conference,
    regionUrl: "https://api-eu-3.vonage.com",
  }));
  expect(submission?.commands).toHaveLength(2);
  expect(submission?.commands).toEqual(expect.arrayContaining(remaining));
  expect(await view(conference)).toMatchObject({ endsAt: null });
  await play(guest, ["completed"]);
  await play(late, ["completed"]);
  await ringUntil(START + 900_000, [room()]);
  expect(submit).toHaveBeenCalledOnce();
});

it("asks again, ever more seldom and five times in all, for those of them who are still there", async () => {
  haveCredentials();
  const submit = submissions();
  const [host, first, second, newcomer] = [caller(1), caller(2), caller(3), caller(4)];
  await come(host, PIN);
  await come(first);
  await come(second);
  await play(host, ["completed"]);
  await ringUntil(START + 70_000, [room()]);
  await evictDurableObject(room());
  await come(newcomer);
  await play(second, ["completed"]);
  const asked: { after: number; legs: string[] }[] = [];
  submit.mockImplementation(({ commands }) => {
    const legs = commands.flatMap((command) => ("leg" in command ? [command.leg] : []));
    asked.push({ after: Math.round((Date.now() - START) / 10_000) * 10, legs });
    return Promise.resolve({ ok: true, batch: "batch", repeated: false });
  });
  await ringUntil(START + 1_500_000, [room()]);
  const legs = [first.identity.id];
  expect(asked).toEqual([90, 150, 270, 510].map((after) => ({ after, legs })));
  const keys = submit.mock.calls.map(([{ idempotencyKey }]) => idempotencyKey);
  expect(new Set(keys).size).toBe(5);
  expect(await view(conference)).toMatchObject({ count: 2, endsAt: null });
});

it("asks no more once a moderator is back", async () => {
  haveCredentials();
  const submit = submissions();
  const host = caller(1);
  await come(host, PIN);
  await come(caller(2));
  await play(host, ["completed"]);
  await ringUntil(START + 70_000, [room()]);
  expect(submit).toHaveBeenCalledOnce();
  await come(caller(1), PIN);
  await ringUntil(START + 1_800_000, [room()]);
  expect(submit).toHaveBeenCalledOnce();
});

it("does not end while a moderator dials back in time", async () => {
  haveCredentials();
  const submit = submissions();
  const host = caller(1);
  await come(host, PIN);
  await come(caller(2));
  await play(host, ["completed"]);
  setClock(START + 50_000);
  const back = caller(1);
  await enter(back, await dial(back), PIN);
  expect(await view(conference)).toMatchObject({ endsAt: null });
  await play(back, ["answered", "transfer"]);
  await ringUntil(START + 300_000, [room()]);
  expect(submit).not.toHaveBeenCalled();
  expect(await view(conference)).toMatchObject({ count: 2 });
});

it("tries again when the carrier's jobs cannot be written down, under the same key", async () => {
  haveCredentials();
  const submit = submissions();
  submit.mockRejectedValueOnce(new Error("unwell"));
  const host = caller(1);
  await come(host, PIN);
  await come(caller(2));
  await play(host, ["completed"]);
  await ringUntil(START + 140_000, [room()]);
  expect(submit).toHaveBeenCalledTimes(2);
  const keys = submit.mock.calls.map(([{ idempotencyKey }]) => idempotencyKey);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[0]).not.toBeNull();
});

it("does not end a room whose moderator never got in", async () => {
  haveCredentials();
  const submit = submissions();
  const host = caller(1);
  await come(caller(2));
  await enter(host, await dial(host), PIN);
  await play(host, ["completed"]);
  await ringUntil(START + 300_000, [room()]);
  expect(submit).not.toHaveBeenCalled();
});

it("says whether a room that waits for its moderator has started", async () => {
  const music = { musicOnHoldUrl: ["https://bridge.example.com/hold-music.mp3"] };
  expect(conversation(await come(caller(2)))).toMatchObject({ startOnEnter: false, ...music });
  expect(await view(conference)).toMatchObject({ count: 1, started: false });
  const host = caller(1);
  const heard = conversation(await come(host, PIN));
  expect(heard).toMatchObject({ startOnEnter: true });
  expect(heard).not.toHaveProperty("musicOnHoldUrl");
  expect(await view(conference)).toMatchObject({ count: 2, started: true });
  await play(host, ["completed"]);
  expect(await view(conference)).toMatchObject({ count: 1, started: true });
});
