/** A token that was the carrier's, in the hands of somebody else: what it can still be used for, which is little. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { fallbackPayload } from "../../simulator/webhooks/wire.ts";
import { journal, ORIGIN, queryOf, view, type Payload } from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";
import { problem, problemsOf } from "../support/api/problems.ts";
import { claimsFor, exchange, post, token, type Exchange } from "../support/tokens.ts";

const LINE = "14155550193";
const CONFERENCE = "stolen-tokens";
const ANSWERED_WITH = { action: "conversation", name: CONFERENCE };
const UNEXPLAINED = "payload_hash of a GET that no rule explains";
const OTHERS = "token of another webhook";

beforeAll(async () => {
  await env.LINES.put(LINE, CONFERENCE);
});

/** A token whose hash is of something else. */
const stolen = (): string => token(claimsFor("another webhook"));

function get(path: string, payload: Payload, stolenToken: string): Request {
  const headers = { authorization: `Bearer ${stolenToken}` };
  return new Request(`${ORIGIN}${path}?${queryOf(payload).toString()}`, { headers });
}

const phaseOf = async ({ identity }: Call): Promise<string | undefined> =>
  (await view(CONFERENCE, "?gone=true")).participants.find(({ leg }) => leg === identity.id)?.phase;

const instead = (one: Call, type: "answer" | "event"): Payload =>
  fallbackPayload(one.answer, type, `${ORIGIN}/webhooks/${type}`, "Connection closed.");

const webhookLine = ({ logs }: Exchange): unknown =>
  logs.map((line) => JSON.parse(line) as unknown).at(-1);

describe("the token of a webhook that came by POST", () => {
  it("ends no other leg by GET", async () => {
    const one = call({ line: LINE });
    await play(one, ["answer", "answered", "transfer"]);
    const body = JSON.stringify(call({ line: LINE }).ringing);
    const seen = token(claimsFor(body));
    expect((await exchange(post("/webhooks/event", body, `Bearer ${seen}`))).status).toBe(204);

    const forged = { uuid: one.identity.id, status: "completed" };
    expect((await exchange(get("/webhooks/event", forged, seen))).status).toBe(401);
    expect(await phaseOf(one)).toBe("in");
    expect((await problem("webhook-refused", UNEXPLAINED)).detail).toContain("POST");
  });

  it("vouches for no other path and no other query of a URL of ours, and for a retry", async () => {
    const body = JSON.stringify(call({ line: LINE }).ringing);
    const header = `Bearer ${token(claimsFor(body))}`;
    const send = async (path: string): Promise<number> =>
      (await exchange(post(path, body, header))).status;
    expect(await send("/webhooks/event?a=1")).toBe(204);
    expect(await send("/webhooks/event?a=2")).toBe(401);
    expect(await send("/webhooks/answer")).toBe(401);
    expect(await send("/webhooks/event?a=1")).toBe(204);
    expect((await problem("webhook-refused", OTHERS)).detail).toContain("refused");
  });

  it("lets nobody in by GET either, once it was seen", async () => {
    const body = JSON.stringify(call({ line: LINE }).ringing);
    const seen = token(claimsFor(body));
    await exchange(post("/webhooks/event", body, `Bearer ${seen}`));
    const one = call({ line: LINE });
    expect((await exchange(get("/webhooks/answer", one.answer, seen))).status).toBe(401);
    const fallback = await exchange(get("/webhooks/fallback", instead(one, "answer"), seen));
    expect([fallback.status, JSON.parse(fallback.body)]).toEqual([200, apologyNcco()]);
    expect(await phaseOf(one)).toBeUndefined();
  });

  it("still vouches for its own webhook after somebody else has used it", async () => {
    for (const path of ["/webhooks/event", "/webhooks/answer"]) {
      const body = JSON.stringify(call({ line: LINE }).ringing);
      const seen = token(claimsFor(body));
      await exchange(get(path, call({ line: LINE }).answer, seen));
      expect((await exchange(post("/webhooks/event", body, `Bearer ${seen}`))).status).toBe(204);
    }
  });
});

describe("a token without a hash", () => {
  it.each(["answer", "event", "input", "recording", "dialled/answer", "dialled/event"])(
    "opens nothing by GET: %s",
    async (route) => {
      const bare = token(claimsFor("", { payload_hash: undefined }));
      const one = call({ line: LINE });
      const forged = get(`/webhooks/${route}`, one.answer, bare);
      expect((await exchange(forged)).status).toBe(401);
      expect(await phaseOf(one)).toBeUndefined();
    },
  );

  it("gets no more than the apology from the fallback", async () => {
    const bare = token(claimsFor("", { payload_hash: undefined }));
    const one = call({ line: LINE });
    const { body } = await exchange(get("/webhooks/fallback", instead(one, "answer"), bare));
    expect(JSON.parse(body)).toEqual(apologyNcco());
  });
});

describe("a GET whose hash no rule explains", () => {
  it.each([
    ["answer", (one: Call) => one.answer],
    ["answer/", (one: Call) => one.answer],
    ["fallback", (one: Call) => instead(one, "answer")],
    ["fallback", (one: Call) => one.answer],
  ])("lets a caller in, marked, and told of once: %s", async (route, payload) => {
    const one = call({ line: LINE });
    const taken = stolen();
    const first = await exchange(get(`/webhooks/${route}`, payload(one), taken));
    expect(first.status).toBe(200);
    expect(JSON.parse(first.body)).toContainEqual(ANSWERED_WITH);
    expect(webhookLine(first)).toMatchObject({ kind: "answer", payload_hash: "unexplained" });
    // The carrier asks once more where it heard nothing.
    const again = await exchange(get(`/webhooks/${route}`, payload(one), taken));
    expect(JSON.parse(again.body)).toContainEqual(ANSWERED_WITH);
    // Nobody else gets in with it.
    const other = await exchange(get(`/webhooks/${route}`, payload(call({ line: LINE })), taken));
    expect(other.body).not.toContain(CONFERENCE);

    const entries = (await journal(CONFERENCE)).filter(({ leg }) => leg === one.identity.id);
    expect(entries).toMatchObject([{ kind: "admission", body: { payload_hash: "unexplained" } }]);
    const { detail } = await problem("webhook-setup", "GET");
    expect(detail).toContain("--voice-answer-http=POST");
    expect(await problemsOf("webhook-setup")).toHaveLength(1);
  });

  it.each(["event", "events", "event/", "input", "recording", "dialled/answer", "dialled/event"])(
    "is refused where it is no answer: %s",
    async (route) => {
      const one = call({ line: LINE });
      await answer(one);
      const response = await exchange(get(`/webhooks/${route}`, one.answered, stolen()));
      expect([response.status, response.body]).toEqual([401, "unauthorized\n"]);
      expect(await phaseOf(one)).toBe("expected");
      expect((await problem("webhook-refused", UNEXPLAINED)).detail).toContain("http=POST");
    },
  );

  it("gets no more than the apology from the fallback for an event", async () => {
    const forged = get("/webhooks/fallback", instead(call({ line: LINE }), "event"), stolen());
    const response = await exchange(forged);
    expect([response.status, JSON.parse(response.body)]).toEqual([200, apologyNcco()]);
    expect(webhookLine(response)).toMatchObject({ route: "fallback", outcome: UNEXPLAINED });
  });

  it("is taken anywhere where ALLOW_UNEXPLAINED_GET says so, marked, but not with another's token", async () => {
    const settings = { ALLOW_UNEXPLAINED_GET: "true" };
    const one = call({ line: LINE });
    await answer(one);
    const taken = stolen();
    const first = await exchange(get("/webhooks/event", one.answered, taken), settings);
    expect(first.status).toBe(204);
    expect(webhookLine(first)).toMatchObject({ route: "event", payload_hash: "unexplained" });
    expect(await phaseOf(one)).toBe("arriving");
    const second = await exchange(get("/webhooks/event", one.completed, taken), settings);
    expect(second.status).toBe(401);
    const third = get("/webhooks/event", one.completed, stolen());
    expect((await exchange(third, { ALLOW_UNEXPLAINED_GET: "yes" })).status).toBe(401);
  });
});

it("marks no answer whose hash the rule explains", async () => {
  const one = call({ line: LINE });
  await answer(one);
  const [entry] = (await journal(CONFERENCE)).filter(({ leg }) => leg === one.identity.id);
  expect(entry?.body).not.toHaveProperty("payload_hash");
});
