import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { fallbackPayload } from "../../simulator/webhooks/wire.ts";
import {
  ACCOUNT,
  journal,
  ORIGIN,
  send,
  sendWith,
  signedGet,
  signedPost,
} from "../support/bridge.ts";
import { answer, call, type Call } from "../support/call.ts";
import { elapse, stopTime } from "../support/faults.ts";

const LINE = "14155550140";
const CONFERENCE = "fallback";
const PATH = "/webhooks/fallback";
const NCCO = [
  { action: "talk", text: "Please wait while we connect you to the conference" },
  { action: "conversation", name: CONFERENCE },
];

beforeAll(async () => {
  await env.LINES.put(LINE, CONFERENCE);
});

afterEach(() => {
  vi.useRealTimers();
});

const insteadOf = (one: Call, type: "answer" | "event") =>
  fallbackPayload(one.answer, type, `${ORIGIN}/webhooks/${type}`, "Connection closed.");

async function ncco(response: Response): Promise<unknown> {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/);
  return await response.json();
}

// The first test of this file, so that nothing has been stored before it.
it("answers an unsigned request without asking any Durable Object", async () => {
  for (let i = 0; i < 20; i++) {
    const body = JSON.stringify(insteadOf(call({ line: LINE }), "answer"));
    await ncco(await send(new Request(`${ORIGIN}${PATH}`, { method: "POST", body })));
  }
  expect(await listDurableObjectIds(env.SWITCHBOARD)).toEqual([]);
});

describe.each([
  ["POST", signedPost],
  ["GET", signedGet],
] as const)("the fallback webhook by %s", (_, request) => {
  it("runs the answer flow once more, and counts its caller once", async () => {
    const one = call({ line: LINE });
    expect(await ncco(await send(request(PATH, insteadOf(one, "answer"))))).toEqual(NCCO);
    expect(await answer(one)).toEqual(NCCO);
    expect(await ncco(await send(request(PATH, insteadOf(one, "answer"))))).toEqual(NCCO);
    const entries = (await journal(CONFERENCE)).filter(({ leg }) => leg === one.identity.id);
    expect(entries.map(({ kind }) => kind)).toEqual(["admission"]);
  });

  it("runs the answer flow also where it is not told what failed", async () => {
    const one = call({ line: LINE });
    expect(await ncco(await send(request(PATH, one.answer)))).toEqual(NCCO);
  });

  it("answers for an event with an NCCO, and changes nothing", async () => {
    const one = call({ line: LINE });
    const before = await journal(CONFERENCE);
    const payload = { ...insteadOf(one, "event"), dtmf: { digits: "1", timed_out: false } };
    expect(await ncco(await send(request(PATH, payload)))).toEqual([
      expect.objectContaining({ action: "talk" }),
    ]);
    expect(await journal(CONFERENCE)).toEqual(before);
  });

  it.each([
    ["unsigned", (signed: Request) => new Request(signed, { headers: {} })],
    [
      "of another scheme",
      (signed: Request) => new Request(signed, { headers: { authorization: "Basic a" } }),
    ],
  ])("apologises to a request that is %s, and changes nothing", async (__, change) => {
    const before = await journal(CONFERENCE);
    const signed = request(PATH, insteadOf(call({ line: LINE }), "answer"));
    expect(await ncco(await send(change(signed)))).toEqual(apologyNcco());
    expect(await journal(CONFERENCE)).toEqual(before);
  });

  it("apologises to a signature of another secret, which may be why the rest failed", async () => {
    const account = { ...ACCOUNT, signatureSecret: "another" };
    const signed = request(PATH, insteadOf(call({ line: LINE }), "answer"), account);
    expect(await ncco(await send(signed))).toEqual(apologyNcco());
  });

  it("apologises where no secret is set", async () => {
    const signed = request(PATH, insteadOf(call({ line: LINE }), "answer"));
    const { response } = await sendWith({ VONAGE_SIGNATURE_SECRET: "" }, signed);
    expect(await ncco(response)).toEqual(apologyNcco());
  });

  it.each(["answer", "event"] as const)("needs no storage, for an %s", async (type) => {
    const broken = new Proxy({} as never, {
      get() {
        throw new Error("this binding does not work");
      },
    });
    const bindings = { LINES: broken, SWITCHBOARD: broken, CONFERENCE: broken };
    // A number that nobody called before, so that nothing can be remembered of it.
    const one = call({ line: "14155550149" });
    stopTime();
    const asked = sendWith(bindings, request(PATH, insteadOf(one, type)));
    const { value } = await elapse(asked, 3_000);
    expect(await ncco(value.response)).toEqual(apologyNcco());
    await elapse(value.settled(), 60_000);
  });

  it("tells the caller of an unknown number so", async () => {
    const one = call({ line: "14155550148" });
    expect(await ncco(await send(request(PATH, insteadOf(one, "answer"))))).toEqual([
      { action: "talk", text: expect.stringContaining("not connected to a conference") },
    ]);
  });
});
