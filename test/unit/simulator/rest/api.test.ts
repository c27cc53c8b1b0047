import { describe, expect, it } from "vitest";
import type { CallControl } from "../../../simulator/carrier/call-control.ts";
import { faultOnce } from "../../../simulator/rest/fault.ts";
import { createRateLimiter, DOCUMENTED_LIMITS } from "../../../simulator/rest/rate-limit.ts";
import type { RestApiOptions } from "../../../simulator/rest/api.ts";
import { callRecord, ENDED, FakeControl } from "./fake-control.ts";
import { startApi } from "./rest-client.ts";

const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";
const CALL = {
  to: [{ type: "phone", number: "447700900000" }],
  from: { type: "phone", number: "447700900001" },
  ncco: [{ action: "talk", text: "Hello" }],
};
const HANGUP = { action: "hangup" };
const MUTE = { action: "mute" };

const NOT_FOUND = { status: 404, body: { type: "NOT_FOUND", error_title: "Not Found" } };
const BAD_REQUEST = { status: 400, body: { type: "BAD_REQUEST", error_title: "Bad Request" } };
const NO_CONTENT = { status: 204, body: null };

function startWithLeg(options: Partial<RestApiOptions> = {}) {
  const control = new FakeControl([callRecord(LEG)]);
  return { control, ...startApi({ ...options, control }) };
}

describe("a request", () => {
  it("without a good token is 401, reaches no leg, and does not count", async () => {
    const { api, ask, control } = startWithLeg({
      limits: createRateLimiter({ newCall: 0, other: 1 }),
    });
    const refused = await ask("PUT", `/v1/calls/${LEG}`, MUTE, { authorization: "Bearer a.b.c" });
    expect(refused).toEqual({
      status: 401,
      body: { type: "UNAUTHORIZED", error_title: "Unauthorized" },
    });
    expect(control.deeds).toEqual([]);
    expect(api.accepted).toEqual([]);
    expect(api.seen).toMatchObject([{ tokenId: null, command: null, status: 401 }]);
    expect(await ask("PUT", `/v1/calls/${LEG}`, MUTE)).toEqual(NO_CONTENT);
  });

  it("that is not documented is 404, 405 or 415", async () => {
    const { api, ask } = startWithLeg();
    expect(await ask("GET", "/v2/calls")).toEqual(NOT_FOUND);
    expect(await ask("GET", "//calls")).toEqual(NOT_FOUND);
    expect(await ask("PUT", `/v1/calls/${LEG}/`, HANGUP)).toEqual(NOT_FOUND);
    expect((await ask("DELETE", `/v1/calls/${LEG}`)).status).toBe(405);
    expect((await ask("POST", `/v1/calls/${LEG}/talk`, { text: "Hello" })).status).toBe(405);
    const plain = { contentType: "text/plain" };
    expect((await ask("PUT", `/v1/calls/${LEG}`, MUTE, plain)).status).toBe(415);
    expect(api.accepted).toEqual([]);
  });

  it("names what is wrong with its body, in the recorded shape", async () => {
    const { ask, control } = startWithLeg();
    const wrong = { ...CALL, to: [{ type: "phone", number: "+447700900000" }] };
    expect(await ask("POST", "/v1/calls", wrong)).toEqual({
      status: 400,
      body: {
        type: 400,
        title: "Bad Request",
        invalid_parameters: [{ reason: "must be 7 to 15 digits", name: "number" }],
      },
    });
    expect(control.created).toEqual([]);
  });

  it("is kept, whatever came of it", async () => {
    const { api, ask, time } = startWithLeg();
    await ask("PUT", `/v1/calls/${LEG}`, HANGUP);
    await ask("GET", "/v1/calls?status=no");
    expect(api.seen).toEqual([
      {
        at: time.now,
        method: "PUT",
        target: `/v1/calls/${LEG}`,
        body: '{"action":"hangup"}',
        tokenId: "token-1",
        command: { kind: "hangup", uuid: LEG },
        status: 204,
      },
      expect.objectContaining({ command: null, status: 400 }),
    ]);
    expect(api.accepted).toEqual([{ kind: "hangup", uuid: LEG }]);
  });
});

describe("the limits", () => {
  it("answer 429 beyond three new calls and fifteen other requests a second", async () => {
    const limits = createRateLimiter(DOCUMENTED_LIMITS);
    const { ask, control, time } = startWithLeg({ limits });
    const calls = [];
    for (let i = 0; i < 4; i++) calls.push((await ask("POST", "/v1/calls", CALL)).status);
    expect(calls).toEqual([201, 201, 201, 429]);
    const others = [];
    for (let i = 0; i < 16; i++) others.push((await ask("PUT", `/v1/calls/${LEG}`, MUTE)).status);
    expect(others).toEqual([...Array.from({ length: 15 }, () => 204), 429]);
    expect(await ask("GET", `/v1/calls/${LEG}`)).toEqual({
      status: 429,
      body: { type: "TOO_MANY_REQUESTS", error_title: "Too Many Requests" },
    });
    time.now += 1000;
    expect((await ask("POST", "/v1/calls", CALL)).status).toBe(201);
    expect((await ask("GET", `/v1/calls/${LEG}`)).status).toBe(200);
    expect(control.created).toHaveLength(4);
  });

  it("take a list of calls for one of the other requests", async () => {
    const { ask } = startWithLeg({ limits: createRateLimiter({ newCall: 0, other: 1 }) });
    expect((await ask("GET", "/v1/calls")).status).toBe(200);
    expect((await ask("GET", "/v1/calls")).status).toBe(429);
  });

  it("are those of the account, over all of its regions", async () => {
    const limits = createRateLimiter(DOCUMENTED_LIMITS);
    const [here, there] = [startApi({ limits }), startApi({ limits, region: "na-east" })];
    for (let i = 0; i < 3; i++) await here.ask("POST", "/v1/calls", CALL);
    expect((await there.ask("POST", "/v1/calls", CALL)).status).toBe(429);
  });
});

describe("a leg", () => {
  it("of another region, or unknown, is not found", async () => {
    const { ask, control } = startWithLeg({ region: "na-east" });
    expect(await ask("GET", `/v1/calls/${LEG}`)).toEqual(NOT_FOUND);
    expect(await ask("PUT", `/v1/calls/${LEG}`, HANGUP)).toEqual(NOT_FOUND);
    expect(await ask("DELETE", `/v1/calls/${LEG}/talk`)).toEqual(NOT_FOUND);
    expect(control.deeds).toEqual([]);
    expect(await startApi().ask("GET", `/v1/calls/${LEG}`)).toEqual(NOT_FOUND);
  });

  it("that has ended is shown, and not found by what would change it", async () => {
    const control = new FakeControl([callRecord(LEG, ENDED)]);
    const { ask } = startApi({ control });
    expect((await ask("GET", `/v1/calls/${LEG}`)).body).toMatchObject({ status: "completed" });
    expect(await ask("PUT", `/v1/calls/${LEG}`, HANGUP)).toEqual(NOT_FOUND);
    const strict = startApi({ control, readings: { gone: 400 } });
    expect(await strict.ask("PUT", `/v1/calls/${LEG}`, HANGUP)).toEqual(BAD_REQUEST);
  });

  it("that was called cannot be hung up for two seconds, unless it has answered", async () => {
    const { ask, control, time } = startWithLeg();
    const { body } = await ask("POST", "/v1/calls", CALL);
    expect(body).toEqual({
      uuid: "outbound-1",
      status: "started",
      direction: "outbound",
      conversation_uuid: "CON-outbound-1",
    });
    time.now += 1999;
    expect(await ask("PUT", "/v1/calls/outbound-1", HANGUP)).toEqual(BAD_REQUEST);
    expect(control.deeds).toEqual([]);
    expect(await ask("PUT", "/v1/calls/outbound-1", MUTE)).toEqual(NO_CONTENT);
    time.now += 1;
    expect(await ask("PUT", "/v1/calls/outbound-1", HANGUP)).toEqual(NO_CONTENT);

    await ask("POST", "/v1/calls", CALL);
    Object.assign(control.get("outbound-2") ?? {}, { status: "answered" });
    expect(await ask("PUT", "/v1/calls/outbound-2", HANGUP)).toEqual(NO_CONTENT);
  });

  it("that nobody answered shows no bill", async () => {
    const control = new FakeControl([callRecord(LEG, { ...ENDED, status: "busy" })]);
    const { body } = await startApi({ control }).ask("GET", `/v1/calls/${LEG}`);
    expect(body).toMatchObject({ status: "busy" });
    expect(body).not.toHaveProperty("price");
  });

  it("does not listen for digits asynchronously", async () => {
    const { ask } = startWithLeg();
    const body = { event_url: ["https://example.com/"] };
    expect((await ask("PUT", `/v1/calls/${LEG}/input/dtmf`, body)).status).toBe(501);
    expect((await ask("DELETE", `/v1/calls/${LEG}/input/dtmf`)).status).toBe(501);
  });
});

describe("a fault", () => {
  it("loses the reply before or after acting", async () => {
    const { api, ask, control } = startWithLeg();
    api.faults = () => ({ kind: "lost", acted: false });
    expect(await ask("POST", "/v1/calls", CALL)).toEqual({ status: null, body: null });
    expect(control.created).toHaveLength(0);
    api.faults = () => ({ kind: "lost", acted: true });
    expect(await ask("POST", "/v1/calls", CALL)).toEqual({ status: null, body: null });
    expect(control.created).toHaveLength(1);
    expect(api.accepted).toHaveLength(2);
    expect(api.seen.map(({ status }) => status)).toEqual([null, null]);
  });

  it("answers an error before or after acting", async () => {
    const { api, ask, control } = startWithLeg();
    api.faults = () => ({ kind: "error", acted: false, status: 503 });
    expect((await ask("PUT", `/v1/calls/${LEG}`, MUTE)).status).toBe(503);
    expect(control.deeds).toHaveLength(0);
    api.faults = () => ({ kind: "error", acted: true, status: 500 });
    expect((await ask("PUT", `/v1/calls/${LEG}`, MUTE)).body).toEqual({
      type: "INTERNAL_SERVER_ERROR",
      error_title: "Internal Server Error",
    });
    expect(control.deeds).toHaveLength(1);
  });

  it.each([true, false])("delays the reply, having acted at once: %j", async (acted) => {
    const { api, ask, control } = startWithLeg();
    const { promise: until, resolve } = Promise.withResolvers<null>();
    api.faults = () => ({ kind: "late", acted, until });
    const asked = ask("PUT", `/v1/calls/${LEG}`, MUTE);
    expect(control.deeds).toHaveLength(acted ? 1 : 0);
    expect(api.seen[0]?.status).toBeNull();
    resolve(null);
    expect(await asked).toEqual(NO_CONTENT);
    expect(control.deeds).toHaveLength(1);
  });

  it("can be kept to the first request that matches", async () => {
    const { api, ask } = startWithLeg();
    api.faults = faultOnce({ kind: "lost", acted: true }, ({ kind }) => kind === "mute");
    const statuses = [];
    for (const body of [{ action: "earmuff" }, MUTE, MUTE]) {
      statuses.push((await ask("PUT", `/v1/calls/${LEG}`, body)).status);
    }
    expect(statuses).toEqual([204, null, 204]);
  });

  it("of the carrier itself is a 500 that a test can see", async () => {
    const broken: CallControl = new FakeControl([callRecord(LEG)]);
    broken.mute = () => {
      throw new TypeError("mistaken");
    };
    const { api, ask } = startApi({ control: broken });
    expect((await ask("PUT", `/v1/calls/${LEG}`, MUTE)).status).toBe(500);
    expect(api.problems).toEqual([`PUT /v1/calls/${LEG}: TypeError: mistaken`]);
  });
});
