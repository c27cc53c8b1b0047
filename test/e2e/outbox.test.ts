/**
 * The outbox of the built Worker and the carrier's REST side, over HTTP and in real time, with a restart of the server in
 * the middle. What becomes of single commands, and of replies that are lost, is shown faster by the integration tests.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Command } from "../../src/outbox/job.ts";
import type { BatchView } from "../../src/contract/batch-view.ts";
import type { Submission, Submitted } from "../../src/outbox/outbox.ts";
import { startRestServer } from "../simulator/rest/server.ts";
import type { RestServer } from "../simulator/rest/server.ts";
import { startServer } from "../support/server.ts";
import type { Server } from "../support/server.ts";
import { callRecord, FakeControl, REGION } from "../unit/simulator/rest/fake-control.ts";
import { APPLICATION, KEYS } from "../unit/simulator/rest/rest-client.ts";

interface Outbox {
  submit(submission: Submission): Promise<Submitted>;
  wait(batch: string, ms: number): Promise<BatchView | null>;
}

const LEGS = Array.from({ length: 20 }, (_, n) => `leg-${n}`);
const PEOPLE = Array.from({ length: 6 }, (_, n) => String(447700900100 + n));

const control = new FakeControl(LEGS.map((leg) => callRecord(leg)));
let folder = "";
let carrier: RestServer | null = null;
let server: Server | null = null;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "partyline-outbox-"));
});

afterAll(async () => {
  await server?.stop();
  await carrier?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(apiUrl: string): Promise<Outbox> {
  server = await startServer({
    worker: inject("worker"),
    stateDir: path.join(folder, "state"),
    port: 0,
    settings: {
      VONAGE_APPLICATION_ID: APPLICATION,
      VONAGE_PRIVATE_KEY: KEYS.privateKey.replaceAll("\n", "\\n"),
      VONAGE_API_URL: apiUrl,
    },
  });
  return (await server.object("OUTBOX", "account")) as Outbox;
}

const ofLeg = (leg: string): Command => ({
  kind: "mute",
  conference: "standup",
  leg,
  regionUrl: "https://api-eu-3.vonage.com",
});

const toPerson = (to: string): Command => ({
  kind: "dial",
  conference: "standup",
  dial: `dial-${to}`,
  to,
  from: "14155550100",
  regionUrl: null,
  answerUrl: "https://bridge.example.com/webhooks/dialled/answer",
  eventUrl: "https://bridge.example.com/webhooks/event",
  hangUpOnMachine: true,
});

test("legs are muted and people called, each once, although the server restarts meanwhile", async () => {
  const started = await startRestServer({
    control,
    port: 0,
    applicationId: APPLICATION,
    publicKey: KEYS.publicKey,
    region: REGION,
    now: Date.now,
  });
  carrier = started;
  const before = await start(started.url);
  const commands = [...LEGS.map(ofLeg), ...PEOPLE.map(toPerson)];
  const submission = { conference: "standup", commands, idempotencyKey: "once", fingerprint: "" };
  const taken = await before.submit(submission);
  if (!taken.ok) throw new Error(taken.reason);
  const { batch } = taken;
  await before.wait(batch, 500);
  await server?.stop();

  const after = await start(started.url);
  expect(await after.submit(submission)).toMatchObject({ batch, repeated: true });
  const view = await after.wait(batch, 60_000);
  expect(view?.jobs.map(({ state }) => state)).toEqual(commands.map(() => "done"));
  expect(control.created.map(({ to }) => to.number).toSorted()).toEqual(PEOPLE);
  expect(new Set(control.deeds.map(([, leg]) => leg))).toEqual(new Set(LEGS));
  expect(started.api.seen.map(({ status }) => status)).not.toContain(429);
  expect(started.api.problems).toEqual([]);
});
