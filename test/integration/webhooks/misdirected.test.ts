/** Webhooks whose address, encoding or method somebody set up wrongly: taken where that can be, and never without a trace. */
import { env } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { fallbackPayload } from "../../simulator/webhooks/wire.ts";
import {
  api,
  journal,
  ORIGIN,
  queryOf,
  send,
  signedGet,
  signedPost,
  type Payload,
} from "../support/bridge.ts";
import { answer, call, type Call } from "../support/call.ts";
import { dial, inputOf, pathOf, promptOf, type Heard } from "../support/prompt.ts";
import { problem, problemsOf } from "../support/api/problems.ts";
import { CALLER, claimsFor, exchange, post, token } from "../support/tokens.ts";

const LINE = "14155550194";
const CODED = "14155550195";
const CONFERENCE = "misdirected";
const JOINED = { action: "conversation", name: CONFERENCE };

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: CONFERENCE, record: true }));
  await env.LINES.put(CODED, JSON.stringify({ rooms: { 12: CONFERENCE } }));
});

/** A body of any content type, signed as the carrier would sign these bytes. */
function signed(
  path: string,
  body: string,
  type: string,
  method: "POST" | "PUT" = "POST",
): Request {
  const payload_hash = createHash("sha256").update(body).digest("hex");
  const headers = new Headers({
    authorization: `Bearer ${token(claimsFor("", { payload_hash }))}`,
  });
  if (type !== "") headers.set("content-type", type);
  // Bytes, since a text would get a content type by itself.
  const init: RequestInit = { method, headers, body: new TextEncoder().encode(body) };
  return new Request(`${ORIGIN}${path}`, init);
}

function form(path: string, payload: Payload): Request {
  const type = "application/x-www-form-urlencoded; charset=utf-8";
  return signed(path, queryOf(payload).toString(), type);
}

async function kindsOf({ identity }: Call): Promise<string[]> {
  const entries = await journal(CONFERENCE);
  return entries.filter(({ leg }) => leg === identity.id).map(({ kind }) => kind);
}

/** A URL of ours, as its path and query, with a slash behind the path. */
const slashed = (url: string): string => pathOf(url).replace("?", "/?");

describe.each([
  ["with a slash at its end", (path: string, payload: Payload) => signedPost(`${path}/`, payload)],
  ["by GET, with a slash", (path: string, payload: Payload) => signedGet(`${path}/`, payload)],
  ["as a form", form],
  ["as a form, with a slash", (path: string, payload: Payload) => form(`${path}/`, payload)],
])("a webhook %s", (_, request) => {
  it("is an answer, an event or a fallback like any other", async () => {
    const one = call({ line: LINE });
    const response = await send(request("/webhooks/answer", one.answer));
    expect(await response.json<Heard>()).toContainEqual(expect.objectContaining(JOINED));
    expect((await send(request("/webhooks/event", one.answered))).status).toBe(204);
    expect((await send(request("/webhooks/events", one.transfer))).status).toBe(204);
    expect(await kindsOf(one)).toEqual(["admission", "status", "transfer"]);

    const other = call({ line: LINE });
    const failed = fallbackPayload(
      other.answer,
      "answer",
      `${ORIGIN}/webhooks/answer/`,
      "Timeout.",
    );
    const fallback = await send(request("/webhooks/fallback", failed));
    expect(await fallback.json<Heard>()).toContainEqual(expect.objectContaining(JOINED));
  });
});

describe("a webhook to a URL of ours", () => {
  it.each([
    ["with a slash", (url: string, payload: Payload) => signedPost(slashed(url), payload)],
    ["as a form", (url: string, payload: Payload) => form(pathOf(url), payload)],
  ])("is known again %s: what a caller entered, and a recording", async (_, request) => {
    const one = call({ line: CODED });
    const asked = await dial(one);
    const entered = await send(request(promptOf(asked), inputOf(one, "12")));
    expect(await entered.json<Heard>()).toContainEqual(expect.objectContaining(JOINED));

    const heard = (await answer(call({ line: LINE }))) as { eventUrl?: string[] }[];
    const url = heard.find(({ eventUrl }) => eventUrl !== undefined)?.eventUrl?.[0] ?? "";
    const before = await journal(CONFERENCE);
    const recording = {
      recording_url: `https://api.nexmo.com/v1/files/${crypto.randomUUID()}`,
      recording_uuid: crypto.randomUUID(),
      conversation_uuid: "CON-a",
    };
    expect((await send(request(url, recording))).status).toBe(204);
    const added = (await journal(CONFERENCE)).slice(before.length);
    expect(added).toMatchObject([{ kind: "record" }]);
  });
});

describe("a form", () => {
  it("whose body was changed is refused", async () => {
    const request = form("/webhooks/event", call({ line: LINE }).ringing);
    const forged = new Request(request.url, {
      method: "POST",
      headers: request.headers,
      body: `${await request.text()}&status=completed`,
    });
    expect((await exchange(forged)).status).toBe(401);
  });

  it("leaves no digit that was entered in the journal", async () => {
    const one = call({ line: LINE });
    await answer(one);
    const dtmf = { digits: "86753099", timed_out: false };
    await send(form("/webhooks/event", { uuid: one.identity.id, dtmf }));
    const entries = await journal(CONFERENCE);
    expect(entries.at(-1)).toMatchObject({ kind: "input", leg: one.identity.id });
    expect(JSON.stringify(entries)).not.toContain("86753099");
  });
});

describe("a signed webhook to a path that is none", () => {
  const one = call({ line: LINE });
  const FALLBACK = fallbackPayload(one.answer, "answer", `${ORIGIN}/webhooks/answer`, "Timeout.");

  it.each<[string, string, Payload, string]>([
    ["an answer", "/webhooks/answers", one.answer, "/webhooks/answer."],
    ["an event", "/webhooks/status", one.answered, "/webhooks/event."],
    ["a transfer", "/webhooks/event/more", one.transfer, "/webhooks/event."],
    ["an input", "/webhooks/dtmf", inputOf(one, "1"), "/webhooks/event."],
    ["a report of an error", "/webhooks/errors", { reason: "a" }, "/webhooks/event."],
    ["a fallback", "/webhooks/fall-back", FALLBACK, "/webhooks/fallback."],
    ["something else", "/webhooks/else", { foo: "bar" }, "/webhooks/answer, "],
    ["an event to no path at all", "/webhooks", one.answered, "/webhooks/event."],
  ])("is told of, with the right one: %s", async (_, path, payload, right) => {
    const { status, logs } = await exchange(signedPost(path, payload));
    expect(status).toBe(404);
    expect(logs).toHaveLength(1);
    expect(JSON.parse(logs[0] ?? "")).toMatchObject({ route: path, outcome: "no such route" });
    const { detail } = await problem("webhook-setup", `POST “${path}”`);
    expect(detail).toContain(`came to POST “${path}”`);
    expect(detail).toContain(`POST ${right}`);
  });

  it("is told of where only the method is wrong, which changes nothing", async () => {
    const two = call({ line: LINE });
    const body = JSON.stringify(two.answer);
    const put = signed("/webhooks/answer", body, "application/json", "PUT");
    expect((await exchange(put)).status).toBe(404);
    const { detail } = await problem("webhook-setup", "PUT “/webhooks/answer”");
    expect(detail).toContain("Right is POST /webhooks/answer.");
    expect(await kindsOf(two)).toEqual([]);
  });

  it("gives no number away that stands in the path, and is cut", async () => {
    const path = `/webhooks/of-${CALLER}/${"a".repeat(1_000)}`;
    expect((await exchange(signedPost(path, one.answered))).status).toBe(404);
    const [found] = (await problemsOf("webhook-setup")).filter(({ subject }) =>
      subject.startsWith("POST “/webhooks/of-"),
    );
    expect(found?.subject.length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(found)).not.toContain(CALLER);
  });

  it("is refused as anywhere where it is unsigned or badly signed", async () => {
    const before = await problemsOf("webhook-setup");
    const body = JSON.stringify(one.answered);
    const bad = `Bearer ${token(claimsFor(body), undefined, { secret: "another" })}`;
    expect((await exchange(post("/webhooks/forged", body, null))).status).toBe(503);
    expect((await exchange(post("/webhooks/forged", body, bad))).status).toBe(401);
    expect((await problem("webhook-refused", "no valid HS256 signature")).detail).toContain(
      "/webhooks/forged",
    );
    expect(await problemsOf("webhook-setup")).toHaveLength(before.length);
  });
});

describe("a signed body that cannot be read", () => {
  it.each([
    ["text/xml; charset=utf-8", "<call/>", "not JSON", "“text/xml; charset=utf-8”"],
    ["multipart/form-data; boundary=x", "--x--", "not JSON", "“multipart/form-data; boundary=x”"],
    ["application/json", "[1]", "not a JSON object", "“application/json”"],
    ["", "a=b", "not JSON", "no content type"],
  ])("is told of with its content type: %j", async (type, body, error, named) => {
    const event = await exchange(signed("/webhooks/event", body, type));
    expect(event.status).toBe(400);
    expect(JSON.parse(event.logs[0] ?? "")).toMatchObject({ outcome: error, type });
    const subject = `unreadable, of ${named}`;
    const { detail } = await problem("webhook-setup", subject);
    expect(detail).toContain("/webhooks/event");
    expect(detail).toContain(error);
    for (const path of ["/webhooks/answer", "/webhooks/fallback"]) {
      const response = await exchange(signed(path, body, type));
      expect(JSON.parse(response.body)).toEqual(apologyNcco());
      expect(JSON.parse(response.logs[0] ?? "")).toMatchObject({ type });
    }
  });
});

it("leaves every path outside of /webhooks as it was", async () => {
  expect((await api("/conferences/")).status).toBe(404);
});
