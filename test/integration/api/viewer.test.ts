/** What a viewer gets to see of a call: everything but who it is. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { OTHER_EVENTS, payloadOf } from "../../fixtures/events.ts";
import { event, ORIGIN, send } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";
import { request } from "../support/api/operator.ts";
import { browse, sessionOf, TOKENS } from "../support/api/session.ts";

const LINE = "14155550190";
const CALLER = "447700900123";
const one = call({ line: LINE, caller: CALLER });
const LEG = one.identity.id;

const read = async (token: string, path: string) => {
  const asked = request("GET", path, undefined, { authorization: `Bearer ${token}` });
  const response = await send(asked);
  return { response, text: await response.text() };
};

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: "seen", deny: ["49 30 901820"] }));
  await play(one, ["answer", "started", "answered", "transfer"]);
  for (const fixture of OTHER_EVENTS) await event(payloadOf(fixture, LEG));
});

const PATHS = [
  ["/conferences/seen", CALLER],
  ["/conferences/seen?gone=true", CALLER],
  ["/conferences/seen/events?limit=1000", CALLER],
  [`/legs/${LEG}`, CALLER],
  [`/lines/${LINE}`, "4930901820"],
  ["/lines", "4930901820"],
] as const;

describe.each(PATHS)("GET %s", (path, number) => {
  it("shows a viewer the same as the operator, without a caller's number", async () => {
    const operator = await read(TOKENS.operator, path);
    expect(operator.text).toContain(number);
    const viewer = await read(TOKENS.viewer, path);
    expect(viewer.response.status).toBe(200);
    expect(viewer.response.headers.get("content-type")).toBe("application/json");
    expect(viewer.text).toContain(`***${number.slice(-2)}`);
    expect(viewer.text.replace(/[\s()./+-]/g, "")).not.toContain(number);
    expect(viewer.text).toContain(path.includes("lines") ? LINE : LEG);
    expect(Object.keys(JSON.parse(viewer.text) as object)).toEqual(
      Object.keys(JSON.parse(operator.text) as object),
    );
  });
});

it("masks what a session of a viewer gets, and errors too", async () => {
  const cookie = await sessionOf("viewer");
  const view = await send(browse(cookie, "GET", "/conferences/seen", null));
  expect(await view.json()).toMatchObject({ participants: [{ leg: LEG, caller: "***23" }] });
  const error = await read(TOKENS.viewer, `/conferences/seen/events?limit=${CALLER}`);
  expect(error.response.status).toBe(400);
  expect(error.response.headers.get("content-type")).toBe("application/problem+json");
  expect(JSON.parse(error.text)).toMatchObject({ status: 400, title: "Bad Request" });
});

it("shows no viewer a recording, nor a line as it is stored", async () => {
  for (const path of ["/conferences/seen/recordings", `/lines/${LINE}/value`]) {
    expect((await read(TOKENS.viewer, path)).response.status).toBe(403);
  }
  for (const format of ["json", "csv", "", "x"]) {
    const { response, text } = await read(TOKENS.viewer, `/lines?format=${format}`);
    expect(response.status).toBe(403);
    expect(text).not.toContain(LINE);
  }
  const head = new Request(`${ORIGIN}/api/conferences/seen/recordings`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${TOKENS.viewer}` },
  });
  expect((await send(head)).status).toBe(403);
});

describe("whoever calls by an address, or whose name the carrier knows", () => {
  const SIP_LINE = "14155550191";
  const sip = call({ line: SIP_LINE, caller: "sip:wilhelmina.smith@pbx.example.com" });
  const id = sip.identity.id;
  const secret = /wilhelmina|smith|pbx\.example|900123/i;

  beforeAll(async () => {
    const line = {
      conference: "unseen",
      startOnEnter: false,
      record: true,
      musicOnHoldUrl: "https://x.example/a?k=smith",
    };
    await env.LINES.put(SIP_LINE, JSON.stringify(line));
    await play(sip, ["answer", "answered", "transfer"]);
    const said = '"Wilhelmina Smith" <sip:wilhelmina@pbx.example.com> (4477–0090‑0123) refused';
    const channel = { id, type: "sip", from: { type: "sip", uri: said, display_name: "Smith" } };
    await event({ uuid: id, type: "audio:dtmf", body: { channel, user: { name: "Wilhelmina" } } });
    await event({ uuid: id, reason: said, timestamp: "2020-07-01T20:45:36.013Z" });
    await event({ reason: said });
    await event({ uuid: id, type: "Wilhelmina", label: "Smith", Wilhelmina: ["Smith"] });
    await event({ ...sip.completed, status: "failed", detail: "sip:wilhelmina@pbx.example.com" });
  });

  it.each([
    "/conferences/unseen?gone=true",
    "/conferences/unseen/events?limit=1000",
    `/legs/${id}`,
    `/lines/${SIP_LINE}`,
    "/lines",
    "/problems",
  ])("is not shown to a viewer by %s", async (path) => {
    const { response, text } = await read(TOKENS.viewer, path);
    expect(response.status).toBe(200);
    expect(text).not.toMatch(secret);
    expect(text).not.toMatch(/code=[\da-f]/);
  });

  it("stays what it is for the viewer's page: who, when and what", async () => {
    const { text } = await read(TOKENS.viewer, "/conferences/unseen?gone=true");
    const { participants } = JSON.parse(text) as { participants: unknown[] };
    expect(participants).toMatchObject([
      { leg: id, line: SIP_LINE, caller: "***om", phase: "gone" },
    ]);
    const { text: problems } = await read(TOKENS.viewer, "/problems");
    expect(problems).toContain("The carrier reported an error: “***”");
  });

  it("has no address in a problem for operators either, and no code in the NCCO of a line", async () => {
    const { text } = await read(TOKENS.operator, "/problems");
    expect(text).not.toMatch(/pbx\.example|900123/);
    const { text: line } = await read(TOKENS.operator, `/lines/${SIP_LINE}`);
    expect(line).toContain("/webhooks/recording?conference=unseen");
    expect(line).not.toContain("code=");
  });
});
