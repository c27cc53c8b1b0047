/** Every documented event webhook, by POST and by GET: acknowledged, journalled once as what it is, digits removed. */
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { DIGITS, EVENTS, OTHER_EVENTS, payloadOf, STATUS_EVENTS } from "../../fixtures/events.ts";
import {
  api,
  journal,
  send,
  signedGet,
  signedPost,
  view,
  type Entry,
  type View,
} from "../support/bridge.ts";
import { answer, call } from "../support/call.ts";

const LINE = "14155550150";

/** A room for each test: reads of one that is full of what was sent to it wait for their turn. */
let conference = "";

beforeEach(async () => {
  conference = `event-kinds-${crypto.randomUUID()}`;
  await env.LINES.put(LINE, conference);
});

interface LogLine {
  message: string;
}

/** A caller who was let in, about whom events can come. */
async function letIn(): Promise<string> {
  const one = call({ line: LINE });
  await answer(one);
  return one.identity.id;
}

const ofLeg = EVENTS.filter((fixture) => fixture.ofLeg);

async function entriesOf(leg: string): Promise<Entry[]> {
  const entries = await journal(conference);
  return entries.filter((entry) => entry.leg === leg && entry.kind !== "admission");
}

/** All that is shown of the conference but the time. */
async function shown(): Promise<Partial<View>> {
  const { asOf: _, ...rest } = await view(conference, "?gone=true");
  return rest;
}

describe.each([
  ["POST", "/webhooks/event", signedPost],
  ["POST", "/webhooks/events", signedPost],
  ["GET", "/webhooks/event", signedGet],
  ["GET", "/webhooks/events", signedGet],
] as const)("%s %s", (_, path, request) => {
  it.each(ofLeg)("journals $name once, however often it comes", async (fixture) => {
    const leg = await letIn();
    const payload = payloadOf(fixture, leg);
    for (let i = 0; i < 3; i++) {
      const response = await send(request(path, payload));
      expect(response.status).toBe(204);
      expect(await response.text()).toBe("");
    }

    const entries = await entriesOf(leg);
    const { kind, status } = fixture;
    const known = STATUS_EVENTS.includes(fixture) || kind === "transfer";
    const at = payload["timestamp"] ?? null;
    const outcome = known ? "applied" : "ignored";
    expect(entries).toMatchObject([{ leg, kind, status, at, outcome }]);
    expect(entries[0]?.body).toHaveProperty(
      kind === "rtc" ? "type" : "uuid" in payload ? "uuid" : "call_uuid",
    );
    expect(JSON.stringify(entries)).not.toContain(DIGITS);
    expect((await api(`/legs/${leg}`)).body).toMatchObject({ duplicates: 2 });
  });

  it.each(EVENTS.filter((fixture) => !fixture.ofLeg))(
    "logs $name, which names no leg, and changes nothing",
    async (fixture) => {
      await letIn();
      const before = await journal(conference);
      const objects = (await listDurableObjectIds(env.CONFERENCE)).length;
      const spy = vi.spyOn(console, "log").mockImplementation(() => undefined);
      const { status } = await send(request(path, payloadOf(fixture, "")));
      const logs = spy.mock.calls.flat().map((line) => JSON.parse(String(line)) as LogLine);
      spy.mockRestore();

      expect(status).toBe(204);
      expect(logs.filter(({ message }) => message === "webhook")).toMatchObject([
        { route: "event", kind: fixture.kind },
      ]);
      expect(await journal(conference)).toEqual(before);
      expect(await listDurableObjectIds(env.CONFERENCE)).toHaveLength(objects);
    },
  );

  it.each(OTHER_EVENTS.filter((fixture) => fixture.ofLeg))(
    "changes no view by $name",
    async (fixture) => {
      const leg = await letIn();
      const before = await shown();
      await send(request(path, payloadOf(fixture, leg)));
      expect(await shown()).toEqual(before);
    },
  );
});

describe("an event whose caller has not been let in yet", () => {
  it.each(ofLeg)("is kept and journalled then: $name", async (fixture) => {
    const one = call({ line: LINE });
    const payload = payloadOf(fixture, one.identity.id);
    for (let i = 0; i < 2; i++) {
      expect((await send(signedPost("/webhooks/event", payload))).status).toBe(204);
    }
    await answer(one);
    const entries = (await journal(conference)).filter(({ leg }) => leg === one.identity.id);
    expect(entries.map(({ kind, status }) => [kind, status])).toEqual([
      ["admission", null],
      [fixture.kind, fixture.status],
    ]);
    expect(JSON.stringify(entries)).not.toContain(DIGITS);
  });
});

it("tells two events apart that differ in nothing but what they say", async () => {
  const leg = await letIn();
  for (const word of ["sales", "support", "sales"]) {
    const speech = { results: [{ text: word }] };
    const input = { uuid: leg, speech, timestamp: "2020-01-01T14:00:00.000Z" };
    await send(signedPost("/webhooks/event", input));
  }
  expect((await entriesOf(leg)).map(({ kind }) => kind)).toEqual(["input", "input"]);
});

it("journals a duplicate of an earlier event no more than one of the latest", async () => {
  const leg = await letIn();
  const pressed = Array.from({ length: 12 }, (_, seq) => ({
    type: "audio:dtmf",
    timestamp: new Date(Date.UTC(2020, 0, 1) + seq * 200).toISOString(),
    body: { digit: "5", dtmf_seq: seq, channel: { id: leg, type: "phone" } },
  }));
  for (const payload of [...pressed, ...pressed]) {
    await send(signedPost("/webhooks/event", payload));
  }
  expect(await entriesOf(leg)).toHaveLength(pressed.length);
});
