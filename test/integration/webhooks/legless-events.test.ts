/** Webhooks that name no leg: what is acknowledged is kept, where its conference finds it or else as a problem. */
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { ProblemView } from "../../../src/contract/directory-view.ts";
import { Conference, Directory } from "../../../src/index.ts";
import { EVENTS, payloadOf } from "../../fixtures/events.ts";
import { api, event, journal, send, signedPost, type Payload } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function fixture(name: string): Payload {
  const found = EVENTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return payloadOf(found, "");
}

/** A recording of its own, of a conversation. */
function recording(conversation: string, name = "record"): Payload {
  const recording_uuid = crypto.randomUUID();
  return { ...fixture(name), recording_uuid, conversation_uuid: conversation };
}

async function problems(kind: string): Promise<ProblemView[]> {
  const { body } = await api<{ problems: ProblemView[] }>("/problems");
  return body.problems.filter((one) => one.kind === kind);
}

/** A conference whose conversation somebody whom it let in has shown, and who has gone again. */
async function metIn(conference: string, room: string): Promise<void> {
  const line = `1415${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  await env.LINES.put(line, conference);
  await play(call({ line, room }), ["answer", "answered", "transfer"]);
  const directory = env.DIRECTORY.getByName("all");
  await vi.waitFor(async () => expect(await directory.conferenceOf(room)).toBe(conference), 10_000);
}

it.each(["/webhooks/event", "/webhooks/recording", "/webhooks/dialled/event"])(
  "gives a recording that comes to %s to the conference that was in its conversation, once",
  async (path) => {
    const conference = `met${path.replaceAll("/", "-")}`;
    const room = `CON-${crypto.randomUUID()}`;
    await metIn(conference, room);
    const payloads = [recording(room), recording(room, "transcribed")];
    for (const payload of [...payloads, ...payloads]) {
      expect((await send(signedPost(path, payload))).status).toBe(204);
    }
    const entries = (await journal(conference)).filter(({ leg }) => leg === null);
    expect(entries.map(({ body }) => body["recording_uuid"])).toEqual(
      payloads.map((payload) => payload["recording_uuid"]),
    );
    const { body } = await api<{ recordings: { id: string }[] }>(
      `/conferences/${conference}/recordings`,
    );
    expect(body.recordings).toMatchObject([{ id: payloads[0]?.["recording_uuid"] }]);
  },
);

it("lists each recording of which nobody knows whose it is as a problem of its own, with its id and once", async () => {
  const payloads = [recording("CON-unheard-of"), recording("CON-unheard-of")];
  for (const payload of [...payloads, ...payloads]) {
    expect((await event(payload)).status).toBe(204);
  }
  const found = await problems("stray-recording");
  expect(found.map(({ subject }) => subject).toSorted()).toEqual(
    payloads.map((payload) => `recording ${String(payload["recording_uuid"])}`).toSorted(),
  );
  expect(found[0]?.detail).toContain("CON-unheard-of");
  expect(found[0]?.detail).toContain(String(payloads[0]?.["recording_url"]).split("/").at(-1));
});

it("does not acknowledge a recording that it can keep nowhere", async () => {
  const payload = recording("CON-nowhere");
  vi.spyOn(Directory.prototype, "keep").mockImplementation(() => {
    throw new Error("the platform is unwell");
  });
  expect((await event(payload)).status).toBe(503);
  vi.restoreAllMocks();
  expect((await event(payload)).status).toBe(204);
  const subjects = (await problems("stray-recording")).map(({ subject }) => subject);
  expect(subjects).toContain(`recording ${String(payload["recording_uuid"])}`);
});

it("does not acknowledge a recording that its conference does not take", async () => {
  const room = `CON-${crypto.randomUUID()}`;
  await metIn("met-and-down", room);
  vi.spyOn(Conference.prototype, "recording").mockRejectedValue(new Error("unwell"));
  expect((await event(recording(room))).status).toBe(503);
});

it.each([
  ["an error", { reason: "Invalid NCCO", timestamp: "2026-11-01T10:00:00Z" }, "carrier-error"],
  ["a notify", { payload: { foo: "bar" }, timestamp: "2026-11-01T10:00:00Z" }, "stray-webhook"],
  ["a status", { status: "answered", direction: "inbound" }, "stray-webhook"],
  ["what nobody knows", { type: "conversation:created" }, "stray-webhook"],
])(
  "keeps %s that names no leg as a problem before it is acknowledged",
  async (_, payload, kind) => {
    const before = (await problems(kind)).length;
    const keep = vi.spyOn(Directory.prototype, "keep").mockImplementation(() => {
      throw new Error("the platform is unwell");
    });
    expect((await event(payload)).status).toBe(503);
    keep.mockRestore();
    for (let n = 0; n < 3; n++) expect((await event(payload)).status).toBe(204);
    expect(await problems(kind)).toHaveLength(before + 1);
  },
);

it("keeps for an admission also what changes nobody's state, of a leg that was sent nowhere", async () => {
  const line = "14155580099";
  const one = call({ line });
  await play(one, ["answer", "started"]);
  const pressed = { type: "audio:dtmf", body: { digit: "5", channel: { id: one.identity.id } } };
  expect((await event(pressed)).status).toBe(204);
  await env.LINES.put(line, "after-all");
  await play(one, ["answer"]);
  expect((await journal("after-all")).map(({ kind }) => kind)).toEqual([
    "admission",
    "status",
    "rtc",
  ]);
});
