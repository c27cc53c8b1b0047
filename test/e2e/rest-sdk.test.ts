/**
 * The carrier's REST side is measured against a client that was not written for it: the official Node SDK drives every
 * operation that it has, over HTTP, with tokens of its own making.
 */
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { tokenGenerate } from "@vonage/jwt";
import { CallStatus, NCCOActions, Voice } from "@vonage/voice";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApplication, DEFAULT_METHODS } from "../simulator/webhooks/application.ts";
import { Carrier } from "../simulator/carrier/carrier.ts";
import { createClock } from "../simulator/carrier/clock.ts";
import { createCallControl } from "../simulator/carrier/leg-control.ts";
import { NO_MISCHIEF } from "../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import { createRateLimiter, DOCUMENTED_LIMITS } from "../simulator/rest/rate-limit.ts";
import { startRestServer } from "../simulator/rest/server.ts";
import type { RestServer, RestServerOptions } from "../simulator/rest/server.ts";
import { listen } from "../support/loopback.ts";
import { callRecord, ENDED, FakeControl, REGION } from "../unit/simulator/rest/fake-control.ts";

const APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";
const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";
const CARRIER_HOST = "https://api-eu-3.vonage.com";
const MINUTE_MS = 60_000;
const CALL_SPEED = 100;
const DAY_SECONDS = 24 * 60 * 60;

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const CREDENTIALS = { applicationId: APPLICATION, privateKey };

// The SDK dates its tokens itself; only that clock is the test's, so that no token expires by chance.
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-10-21T10:00:00Z") }));

let server: RestServer | null = null;
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server?.stop();
  server = null;
});

/** A REST side with legs that are only written down, and the SDK as its client. */
async function start(options: Partial<RestServerOptions> = {}) {
  const control = new FakeControl([callRecord(LEG)]);
  const started = await startRestServer({
    control,
    port: 0,
    applicationId: APPLICATION,
    publicKey,
    region: REGION,
    now: Date.now,
    limits: { take: () => true },
    ...options,
  });
  server = started;
  const connect = (credentials: ConstructorParameters<typeof Voice>[0] = CREDENTIALS) =>
    new Voice(credentials, { apiHost: started.url });
  return { control, api: started.api, voice: connect(), connect };
}

/** The status and the body with which a request of the SDK fails. */
async function failure(asked: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error) || !("response" in error)) throw new Error("was expected to fail");
  const response = error.response as Response;
  expect(error.message).toBe(`Request failed with status code ${response.status}`);
  return { status: response.status, body: await response.json() };
}

describe("the official SDK", () => {
  it("changes a call in every way there is", async () => {
    const { voice, control, api } = await start();
    await voice.muteCall(LEG);
    await voice.unmuteCall(LEG);
    await voice.earmuffCall(LEG);
    await voice.unearmuffCall(LEG);
    const ncco = [{ action: NCCOActions.TALK as const, text: "Hello" }];
    await voice.transferCallWithNCCO(LEG, ncco);
    await voice.transferCallWithURL(LEG, "https://example.com/ncco");
    await voice.hangupCall(LEG);

    expect(control.deeds).toEqual([
      ["mute", LEG, true],
      ["mute", LEG, false],
      ["earmuff", LEG, true],
      ["earmuff", LEG, false],
      ["transfer", LEG, { ncco }],
      ["transfer", LEG, { url: "https://example.com/ncco" }],
      ["hangup", LEG],
    ]);
    expect(api.seen.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 204));
    // Each request has a token of its own.
    expect(new Set(api.seen.map(({ tokenId }) => tokenId)).size).toBe(7);
  });

  it("plays texts, files and tones into a call, and stops them", async () => {
    const { voice, control } = await start();
    const talk = { text: "Hello", language: "en-GB", loop: 2, level: "0.4", premium: true };
    const url = "https://example.com/hold.mp3";
    const answers = [
      await voice.playTTS(LEG, { action: NCCOActions.TALK, ...talk }),
      await voice.stopTTS(LEG),
      await voice.streamAudio(LEG, url, 0, -0.5),
      await voice.stopStreamAudio(LEG),
      await voice.playDTMF(LEG, "1p713#"),
    ];

    const messages = [
      "Talk started",
      "Talk stopped",
      "Stream started",
      "Stream stopped",
      "DTMF sent",
    ];
    expect(answers).toEqual(messages.map((message) => ({ message, uuid: LEG })));
    expect(control.deeds).toEqual([
      ["talk", LEG, { text: "Hello", language: "en-GB", loop: 2 }],
      ["stopTalk", LEG],
      ["stream", LEG, { url, loop: 0 }],
      ["stopStream", LEG],
      ["dtmf", LEG, "1p713#"],
    ]);
  });

  it("makes calls, by NCCO and by answer URL", async () => {
    const { voice, control } = await start();
    const to = [{ type: "phone" as const, number: "447700900000" }];
    const from = { type: "phone" as const, number: "447700900001" };
    const ncco = [
      { action: NCCOActions.CONVERSATION as const, name: "standup", startOnEnter: false },
    ];
    const eventUrl = ["https://example.com/event?room=standup"];
    const result = await voice.createOutboundCall({
      to,
      from,
      ncco,
      eventUrl,
      ringingTimer: 30,
      lengthTimer: 600,
    });
    await voice.createOutboundCall({ to, from, answerUrl: ["https://example.com/answer"] });

    expect(result).toMatchObject({
      uuid: "outbound-1",
      status: "started",
      direction: "outbound",
      conversationUUID: "CON-outbound-1",
    });
    expect(control.created).toEqual([
      {
        to: to[0],
        from: from.number,
        ncco,
        eventUrl: { url: eventUrl[0], method: "POST" },
        ringingTimerSeconds: 30,
        lengthTimerSeconds: 600,
      },
      {
        to: to[0],
        from: from.number,
        answerUrl: { url: "https://example.com/answer", method: "GET" },
      },
    ]);
  });

  it("shows a call", async () => {
    const { voice } = await start({ control: new FakeControl([callRecord(LEG, ENDED)]) });
    expect(await voice.getCall(LEG)).toMatchObject({
      uuid: LEG,
      conversationUUID: `CON-${LEG}`,
      status: "completed",
      direction: "inbound",
      to: { type: "phone", number: "14155550100" },
      startTime: ENDED.start_time,
      endTime: ENDED.end_time,
      duration: "60",
      price: "0.00450000",
      rate: "0.00450000",
      network: "65512",
    });
  });

  it("pages through all calls, filtered and the newest first", async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `leg-${index}`);
    const others = [callRecord("over", ENDED), callRecord("elsewhere", { region: "na-east" })];
    const control = new FakeControl([...ids.map((id) => callRecord(id)), ...others]);
    const { voice, api } = await start({ control, readings: { links: "absolute" } });
    const listed = [];
    const filter = { status: CallStatus.ANSWERED, order: "desc" as const, pageSize: 3 };
    for await (const call of voice.getAllCalls(filter)) listed.push(call.uuid);

    expect(listed).toEqual(ids.toReversed());
    expect(api.seen).toHaveLength(3);
    const page = await voice.search({ conversationUuid: "CON-leg-3", dateStart: isoNow() });
    expect(page).toMatchObject({ count: 1, _embedded: { calls: [{ uuid: "leg-3" }] } });
  });

  it("downloads a recording", async () => {
    const content = Buffer.from("a recording");
    const files = new Map([["recording-1", { contentType: "audio/mpeg", content }]]);
    const { voice, api } = await start({ files });
    // It sends its token to the carrier's own hosts only: what it asks of one of them is handed to this carrier.
    const realFetch = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation((input, init) =>
      realFetch(new Request(input).url.replace(CARRIER_HOST, server?.url ?? ""), init),
    );
    const folder = await mkdtemp(path.join(os.tmpdir(), "partyline-recording-"));
    try {
      const file = path.join(folder, "recording.mp3");
      await voice.downloadRecording(`${CARRIER_HOST}/v1/files/recording-1`, file);
      expect(await readFile(file)).toEqual(content);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(api.accepted).toEqual([{ kind: "file", id: "recording-1" }]);
  });
});

describe("the official SDK and the carrier's running legs", () => {
  it("call somebody into a conference, mute, move and hang up", async () => {
    // The legs live by a clock of their own.
    vi.useRealTimers();
    const { carrier, pickUp, stop } = await startCarrier();
    try {
      const control = createCallControl(carrier);
      const { voice } = await start({ control, readings: { earlyHangupMs: MINUTE_MS } });
      const to = [{ type: "phone" as const, number: "447700900000" }];
      const from = { type: "phone" as const, number: "14155550100" };
      const ncco = [{ action: NCCOActions.CONVERSATION as const, name: "standup" }];
      const { uuid } = await voice.createOutboundCall({ to, from, ncco });
      await expect.poll(async () => (await voice.getCall(uuid)).status).toBe("ringing");
      expect((await failure(voice.hangupCall(uuid))).status).toBe(400);
      pickUp();
      await expect.poll(() => carrier.truth.present("standup")).toEqual(new Set([uuid]));
      const { conversationUUID, status } = await voice.getCall(uuid);
      expect(status).toBe("answered");
      const inRoom = await voice.search({ conversationUuid: conversationUUID });
      expect(inRoom._embedded.calls.map((call) => call.uuid)).toEqual([uuid]);

      await voice.muteCall(uuid);
      await voice.earmuffCall(uuid);
      const leg = carrier.legs.get(uuid);
      expect([leg?.muted, leg?.earmuffed]).toEqual([true, true]);
      await voice.playTTS(uuid, { action: NCCOActions.TALK, text: "Hello" });
      await voice.transferCallWithNCCO(uuid, [{ ...ncco[0], name: "town-hall" }] as typeof ncco);
      await expect.poll(() => carrier.truth.whereIs(uuid)).toBe("town-hall");

      await voice.hangupCall(uuid);
      await carrier.finished();
      expect((await voice.getCall(uuid)).status).toBe("completed");
      expect((await failure(voice.unmuteCall(uuid))).status).toBe(404);
      expect(carrier.problems).toEqual([]);
    } finally {
      await stop();
    }
  });
});

/** A carrier whose application accepts every webhook, and whose calls ring until `pickUp`. */
async function startCarrier() {
  const clock = createClock(CALL_SPEED);
  const { promise: pickedUp, resolve: pickUp } = Promise.withResolvers<void>();
  const application = createServer((_request, response) => response.writeHead(204).end());
  const account = { signatureSecret: "secret", apiKey: "key", applicationId: APPLICATION };
  const carrier = new Carrier({
    application: createApplication(await listen(application), account, DEFAULT_METHODS),
    clock: { ...clock, wait: (...wait) => pickedUp.then(() => clock.wait(...wait)) },
    random: createRandom("rest sdk"),
    mischief: NO_MISCHIEF,
    onNews: () => undefined,
  });
  const stop = async (): Promise<void> => {
    application.close();
    application.closeAllConnections();
    await once(application, "close");
  };
  return { carrier, pickUp, stop };
}

describe("a token of the official SDK", () => {
  it("may live for a day, carry claims of other products, and be used again", async () => {
    const { api } = await start();
    const acl = { paths: { "/*/users/**": {} } };
    const token = tokenGenerate(APPLICATION, privateKey, { ttl: DAY_SECONDS, subject: "me", acl });
    const ask = () =>
      fetch(`${server?.url}/v1/calls/${LEG}`, { headers: { authorization: `Bearer ${token}` } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    vi.setSystemTime(Date.now() + DAY_SECONDS * 1000);
    expect((await ask()).status).toBe(401);
    expect(api.accepted).toHaveLength(2);
  });
});

describe("what the official SDK throws", () => {
  it("is a 404 for a call that is over, unknown or elsewhere", async () => {
    const control = new FakeControl([
      callRecord("over", ENDED),
      callRecord("elsewhere", { region: "na-east" }),
    ]);
    const { voice } = await start({ control });
    const notFound = { status: 404, body: { type: "NOT_FOUND", error_title: "Not Found" } };
    expect(await failure(voice.muteCall("over"))).toEqual(notFound);
    expect(await failure(voice.stopTTS("unknown"))).toEqual(notFound);
    expect(await failure(voice.getCall("elsewhere"))).toEqual(notFound);
  });

  it("is a 401 for another key, another application, and a token of more than a day", async () => {
    const { connect, control } = await start();
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const clients = [
      connect({
        ...CREDENTIALS,
        privateKey: other.export({ type: "pkcs8", format: "pem" }).toString(),
      }),
      connect({ ...CREDENTIALS, applicationId: "bbbbbbbb-bbbb-cccc-dddd-0123456789ab" }),
      connect({ ...CREDENTIALS, jwtOptions: { ttl: DAY_SECONDS + 1 } }),
    ];
    for (const client of clients) {
      const { status } = await failure(client.hangupCall(LEG));
      expect(status).toBe(401);
    }
    expect(control.deeds).toEqual([]);
  });

  it("is a 401 as soon as its token has expired", async () => {
    const { voice } = await start({ now: () => Date.now() + 15 * MINUTE_MS });
    expect((await failure(voice.muteCall(LEG))).status).toBe(401);
  });

  it("is a 429 beyond the account's limits, until a second has passed", async () => {
    const { voice } = await start({ limits: createRateLimiter(DOCUMENTED_LIMITS) });
    for (let i = 0; i < 15; i++) await voice.muteCall(LEG);
    expect((await failure(voice.muteCall(LEG))).status).toBe(429);
    vi.setSystemTime(Date.now() + 1000);
    await voice.muteCall(LEG);
  });

  it("is a 400 that names what was wrong", async () => {
    const { voice } = await start();
    expect(await failure(voice.playDTMF(LEG, "seven"))).toEqual({
      status: 400,
      body: {
        type: 400,
        title: "Bad Request",
        invalid_parameters: [{ name: "digits", reason: "must be DTMF digits" }],
      },
    });
    expect((await failure(voice.streamAudio(LEG, "hold.mp3"))).status).toBe(400);
  });

  it("is a 501 for the one operation that this carrier does not play", async () => {
    const { voice } = await start();
    expect((await failure(voice.subscribeDTMF(LEG, "https://example.com/"))).status).toBe(501);
    expect((await failure(voice.unsubscribeDTMF(LEG))).status).toBe(501);
  });

  it("does not tell whether a call was made where the reply was lost", async () => {
    const { voice, api, control } = await start();
    const call = {
      to: [{ type: "phone" as const, number: "447700900000" }],
      from: { type: "phone" as const, number: "447700900001" },
      answerUrl: ["https://example.com/answer"],
    };
    for (const acted of [true, false]) {
      api.faults = () => ({ kind: "lost", acted });
      await expect(voice.createOutboundCall(call)).rejects.toThrow("fetch failed");
    }
    expect(control.created).toHaveLength(1);
  });
});

function isoNow(): string {
  return new Date().toISOString();
}
