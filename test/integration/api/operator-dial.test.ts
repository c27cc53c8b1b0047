/** People who are called into a conference: who may be, from where, and what happens when they pick up. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signedUrl } from "../../../src/calls/callback-urls/signed-url.ts";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import type { BatchView } from "../../../src/contract/batch-view.ts";
import { answeredPayload, answerPayload, transferPayload } from "../../simulator/webhooks/wire.ts";
import { inputPayload } from "../../simulator/webhooks/wire-actions.ts";
import { api, journal, ORIGIN, send, signedGet, signedPost, view } from "../support/bridge.ts";
import { asked, people, startCarrier, type TestCarrier } from "../support/carrier.ts";
import { join, order } from "../support/api/operator.ts";
import { problem } from "../support/api/problems.ts";

const LINE = "14155550100";
const PEOPLE = "/conferences/standup/participants";
const TO = "447700900123";

let carrier: TestCarrier;

beforeEach(async () => {
  carrier = startCarrier(["ada"]);
  Object.assign(env, { DIAL_PREFIXES: "+44 7700, 1415", VONAGE_REGION: "" });
  await env.LINES.put(LINE, "standup");
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

const called = (): string[] => carrier.control.created.map(({ to }) => to.number);

/** Calls somebody; what the carrier was given. */
async function dialled(body: object = {}) {
  const answer = await order<BatchView>(PEOPLE, { to: [TO], ...body });
  expect(answer).toMatchObject({ status: 200, body: { total: 1, pending: 0 } });
  const [created] = carrier.control.created;
  if (created === undefined) throw new Error("nobody was called");
  const { pathname: answerPath, search } = new URL(created.answerUrl?.url ?? "");
  return {
    created,
    answerPath: `${answerPath}${search}`,
    eventPath: created.eventUrl?.url.slice(ORIGIN.length) ?? "",
    batch: answer.body.batch,
  };
}

/** The leg of the first call that was made. */
const LEG = {
  id: "outbound-1",
  caller: TO,
  line: LINE,
  origin: "CON-o",
  direction: "outbound",
} as const;

const post = async (path: string, payload: object): Promise<unknown> => {
  const response = await send(signedPost(path, { ...payload }));
  return response.status === 204 ? null : await response.json();
};

describe("people", () => {
  it("are called, each once, from the line of the conference", async () => {
    const to = ["+44 7700 900123", "44-7700-900-123", "44 (7700) 900124", "+1 415.555.0199"];
    expect(await order<BatchView>(PEOPLE, { to })).toMatchObject({
      status: 200,
      body: {
        total: 3,
        pending: 0,
        jobs: [
          { kind: "dial", to: TO, leg: "outbound-1", state: "done", status: "started" },
          { to: "447700900124" },
          { to: "14155550199" },
        ],
      },
    });
    expect(called()).toEqual([TO, "447700900124", "14155550199"]);
    expect(carrier.control.created[0]).toEqual({
      to: { type: "phone", number: TO },
      from: LINE,
      answerUrl: {
        url: expect.stringContaining(`${ORIGIN}/webhooks/dialled/answer?`),
        method: "POST",
      },
      eventUrl: {
        url: expect.stringContaining(`${ORIGIN}/webhooks/dialled/event?`),
        method: "POST",
      },
      machineDetection: "hangup",
      // As long as MAX_CALL_HOURS is by default, and not the carrier's two hours.
      lengthTimerSeconds: 21_600,
    });
  });

  it.each([
    ["1.5", 5_400],
    ["48", 86_400],
  ])("may talk for MAX_CALL_HOURS=%s, a day at most: %d s", async (hours, seconds) => {
    Object.assign(env, { MAX_CALL_HOURS: hours });
    try {
      expect((await dialled()).created).toMatchObject({ lengthTimerSeconds: seconds });
    } finally {
      delete env.MAX_CALL_HOURS;
    }
  });

  it("are called fifty at a time, the rest after the reply", async () => {
    const answer = await order<BatchView>(PEOPLE, { to: people(50) });
    expect(answer).toMatchObject({ status: 202, body: { total: 50 } });
    expect(answer.location).toBe(`/api/outbox/${answer.body.batch}`);
    expect(answer.body.pending).toBeGreaterThan(0);
    expect(await order(PEOPLE, { to: people(51) })).toMatchObject({
      status: 400,
      body: { errors: ["to: must be a list of 1 to 50 numbers"] },
    });
  });

  it("may be called by another number, where a machine may listen too", async () => {
    const { created } = await dialled({ from: "+1 415 555 0199", machineDetection: false });
    expect(created.from).toBe("14155550199");
    expect(created).not.toHaveProperty("machineDetection");
  });

  it.each([
    ["the region of those who are there", true, "apac-sng", "https://api-eu-3.vonage.com"],
    ["else the region that is set", false, "apac-sng", "https://api-ap-3.vonage.com"],
    ["else the carrier's choice", false, "", "https://api.nexmo.com"],
  ])("are called in %s", async (_, someone, region, origin) => {
    Object.assign(env, { VONAGE_REGION: region });
    if (someone) await join(LINE, "ada");
    await dialled();
    expect(carrier.origins).toEqual([origin]);
  });
});

describe("nobody is called", () => {
  const cases: [string, object, string[]][] = [
    ["a list without numbers", { to: [] }, ["to: must be a list of 1 to 50 numbers"]],
    ["no list", { to: TO }, ["to: must be a list of 1 to 50 numbers"]],
    ["nothing", {}, ["to: is missing"]],
    [
      "what are no phone numbers",
      { to: [TO, "123456", "1234567890123456", "sip:ada@example.com", 447700900124] },
      [2, 3, 4, 5].map(
        (entry) =>
          `to, entry ${entry}: must be a phone number in quotes, country code first: 7 to 15 digits`,
      ),
    ],
    [
      "an unknown key",
      { to: [TO], pressone: false },
      [expect.stringContaining("pressone: is not a key")],
    ],
    [
      "a wrong from",
      { to: [TO], from: "Ada" },
      [expect.stringContaining("from: must be a phone number")],
    ],
  ];

  it.each(cases)("with %s", async (_, body, errors) => {
    expect(await order(PEOPLE, body)).toMatchObject({ status: 400, body: { errors } });
    expect(asked(carrier)).toEqual([]);
  });

  it("where one of them may not be", async () => {
    const to = [TO, "4930123456", "14155550199", "44123456789"];
    expect(await order(PEOPLE, { to })).toMatchObject({
      status: 403,
      body: {
        detail: expect.stringContaining("DIAL_PREFIXES"),
        errors: [
          "4930123456: begins with none of the DIAL_PREFIXES",
          "44123456789: begins with none of the DIAL_PREFIXES",
        ],
      },
    });
    expect(asked(carrier)).toEqual([]);
  });

  it.each(["", " , "])("while the setting says %j", async (prefixes) => {
    Object.assign(env, { DIAL_PREFIXES: prefixes });
    expect(await order(PEOPLE, { to: [TO] })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining("DIAL_PREFIXES is not set") },
    });
    expect(asked(carrier)).toEqual([]);
  });

  it("where it is not clear from which line", async () => {
    await env.LINES.put("14155550199", '{ "rooms": { "1": "other", "2": "standup" } }');
    expect(await order(PEOPLE, { to: [TO] })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("(14155550100, 14155550199). Give from.") },
    });
    const nowhere = "/conferences/nowhere/participants";
    expect(await order(nowhere, { to: [TO] })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("No line leads to this conference") },
    });
    expect(asked(carrier)).toEqual([]);
  });
});

describe("the line to call from", () => {
  it("is found among many, where others lead elsewhere, are wrong or are no number", async () => {
    await env.LINES.delete(LINE);
    const keys = Array.from({ length: 230 }, (_, n) => String(14155560000 + n));
    await Promise.all(keys.map((key) => env.LINES.put(key, "elsewhere")));
    await env.LINES.put("*", "standup");
    await env.LINES.put("ada", "standup");
    await env.LINES.put("14155570000", '{ "conference": "standup", "pni": "1234" }');
    await env.LINES.put("+14155580000", '{ "conference": "standup" }');
    expect((await dialled()).created.from).toBe("14155580000");
  });

  it("is found where its number has ten digits", async () => {
    await env.LINES.delete(LINE);
    await env.LINES.put("3222345678", "standup");
    expect((await dialled()).created.from).toBe("3222345678");
  });

  it("is not guessed where there are more than can be looked through", async () => {
    vi.spyOn(Object.getPrototypeOf(env.LINES) as KVNamespace, "list").mockResolvedValue({
      list_complete: false,
      keys: [{ name: LINE }],
      cursor: "more",
      cacheStatus: null,
    });
    expect(await order(PEOPLE, { to: [TO] })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("too many to look through") },
    });
  });

  it("cannot be told while KV fails", async () => {
    vi.spyOn(Object.getPrototypeOf(env.LINES) as KVNamespace, "list").mockRejectedValue(
      new Error("the platform is unwell"),
    );
    const { status, body } = await order(PEOPLE, { to: [TO] });
    expect([status, body.detail]).toEqual([503, expect.not.stringContaining("unwell")]);
  });
});

describe("somebody who picks up", () => {
  it("is asked to press 1, and is in the conference once they do", async () => {
    const { answerPath, eventPath, batch } = await dialled({ language: "de-DE" });
    expect(await post(eventPath, answeredPayload(LEG, Date.now()))).toBeNull();
    const invitation = (await post(answerPath, answerPayload(LEG))) as { eventUrl?: string[] }[];
    expect(invitation).toMatchObject([
      { action: "talk", language: "de-DE" },
      { action: "input", dtmf: { maxDigits: 1 } },
      {},
    ]);
    const pressed = { dtmf: { digits: "1", timedOut: false }, speech: null };
    const next = invitation[1]?.eventUrl?.[0]?.slice(ORIGIN.length) ?? "";
    expect(await post(next, inputPayload(LEG, LEG.origin, pressed, Date.now()))).toEqual([
      { action: "conversation", name: "standup" },
    ]);
    await post(eventPath, transferPayload(LEG, LEG.origin, "CON-the-room", Date.now()));
    expect((await view("standup")).participants).toMatchObject([
      { leg: LEG.id, caller: TO, line: LINE, role: "guest", phase: "in" },
    ]);
    expect(await api<BatchView>(`/outbox/${batch}`)).toMatchObject({
      body: { jobs: [{ leg: LEG.id, status: "answered" }] },
    });
  });

  it("is invited by the fallback too, and not put where their own number would lead", async () => {
    await env.LINES.put("*", "lobby");
    const { answerPath } = await dialled();
    const original = { url: `${ORIGIN}${answerPath}`, type: "answer" };
    const payload = { ...answerPayload(LEG), reason: "timeout", original_request: original };
    expect(await post("/webhooks/fallback", payload)).toMatchObject([
      { action: "talk" },
      { action: "input", dtmf: { maxDigits: 1 } },
      {},
    ]);
  });

  it.each([
    ["names nobody", { from: undefined, to: undefined }],
    ["names only the line", { to: undefined }],
    ["names somebody else", { to: "447700900999" }],
    ["swaps the two", { from: TO, to: LINE }],
  ])("is whom we called, where the carrier %s", async (_, odd) => {
    const { answerPath } = await dialled();
    const invitation = (await post(answerPath, { ...answerPayload(LEG), ...odd })) as {
      eventUrl?: string[];
    }[];
    const pressed = { dtmf: { digits: "1", timedOut: false }, speech: null };
    const next = invitation[1]?.eventUrl?.[0]?.slice(ORIGIN.length) ?? "";
    await post(next, { ...inputPayload(LEG, LEG.origin, pressed, Date.now()), ...odd });
    expect((await view("standup")).participants).toMatchObject([{ leg: LEG.id, caller: TO }]);
  });

  it("is put through by addresses from before the bridge kept whom it calls", async () => {
    const { answerPath } = await dialled({ pressOne: false });
    const now = new URL(answerPath, ORIGIN);
    const names = ["conference", "dial", "line", "press", "language"];
    const then = Object.fromEntries(names.map((name) => [name, now.searchParams.get(name) ?? ""]));
    const secrets = [env.VONAGE_SIGNATURE_SECRET ?? ""];
    const before = await signedUrl(ORIGIN, now.pathname, then, secrets);
    await post(before.slice(ORIGIN.length), answerPayload(LEG));
    expect((await view("standup")).participants).toMatchObject([{ leg: LEG.id, caller: TO }]);
  });

  it("without an id is not let in, since their answer could not be told from another's", async () => {
    const { answerPath } = await dialled();
    const { uuid: _, ...payload } = answerPayload(LEG);
    expect(await post(answerPath, payload)).toMatchObject([{ action: "talk" }]);
  });

  it("is in without pressing anything where they need not", async () => {
    const { answerPath } = await dialled({ pressOne: false });
    expect(await post(answerPath, answerPayload(LEG))).toMatchObject([
      { action: "talk" },
      { action: "conversation", name: "standup" },
    ]);
  });

  it("is held to the conference's rules at that moment", async () => {
    await join(LINE, "ada");
    const { answerPath } = await dialled({ pressOne: false });
    await order("/conferences/standup/lock");
    expect(await post(answerPath, answerPayload(LEG))).toHaveLength(1);
  });

  it("cannot be sent elsewhere by an address that is not ours", async () => {
    const { answerPath } = await dialled({ pressOne: false });
    const elsewhere = answerPath.replace("conference=standup", "conference=board");
    expect(elsewhere).not.toBe(answerPath);
    expect(await post(elsewhere, answerPayload(LEG))).toHaveLength(1);
    expect((await view("board")).participants).toEqual([]);
  });
});

describe("with an Idempotency-Key", () => {
  const once = { "idempotency-key": "one" };

  it("a repetition calls nobody again, however its JSON is written", async () => {
    const first = await order<BatchView>(
      PEOPLE,
      { to: [TO, "447700900124"], pressOne: true },
      once,
    );
    const text = '{"pressOne": true,   "to": ["+44 7700 900123", "447700900124"]}';
    const second = await order<BatchView>(PEOPLE, text, once);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(called()).toEqual([TO, "447700900124"]);
  });

  it("another request is refused, and calls nobody", async () => {
    await order(PEOPLE, { to: [TO] }, once);
    expect((await order(PEOPLE, { to: ["447700900124"] }, once)).status).toBe(422);
    expect(called()).toEqual([TO]);
  });

  it("the same for another conference is another request", async () => {
    await order(PEOPLE, { to: [TO] }, once);
    const elsewhere = "/conferences/board/participants";
    expect((await order(elsewhere, { to: [TO], from: LINE }, once)).status).toBe(200);
    expect(called()).toEqual([TO, TO]);
  });
});

describe("a webhook of a call that we made", () => {
  it("that comes by GET is journalled without our own code and names", async () => {
    await env.LINES.put(LINE, "standup");
    const { answerPath, eventPath } = await dialled({ pressOne: false, language: "de-DE" });
    await post(answerPath, answerPayload(LEG));
    const { pathname, searchParams } = new URL(eventPath, ORIGIN);
    const ours = Object.fromEntries(searchParams);
    expect(Object.keys(ours).toSorted()).toEqual(
      ["called", "code", "conference", "dial", "language", "line", "press"].toSorted(),
    );
    // As a carrier that ignores our `event_method`: both in one query.
    const event = { ...answeredPayload(LEG, Date.now()), detail: "as it came" };
    const response = await send(signedGet(pathname, { ...ours, ...event }));
    expect(response.status).toBe(204);
    const [entry] = (await journal("standup")).filter(({ status }) => status === "answered");
    expect(entry?.body).toMatchObject({ uuid: LEG.id, detail: "as it came" });
    for (const name of Object.keys(ours)) expect(entry?.body).not.toHaveProperty(name);
    expect(JSON.stringify(entry)).not.toContain(ours["code"]);
  });

  it.each([
    ["the answer URL", "answerPath", 200],
    ["the event URL", "eventPath", 204],
  ] as const)(
    "is an error of the carrier's where it reports one to %s",
    async (where, of, status) => {
      const paths = await dialled({ pressOne: false });
      const reason = `Invalid action, at ${where}.`;
      const response = await send(signedPost(paths[of], { reason, conversation_uuid: "CON-a" }));
      expect(response.status).toBe(status);
      if (status === 200) expect(await response.json()).toEqual(apologyNcco());
      expect(await problem("carrier-error", `“${reason}”`)).toMatchObject({ count: 1 });
      expect((await view("standup")).participants).toEqual([]);
    },
  );
});
