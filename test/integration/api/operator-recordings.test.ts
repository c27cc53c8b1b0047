/** Recordings: listed from the journal, and fetched through the Worker. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoredFile } from "../../simulator/rest/act.ts";
import { EVENTS, payloadOf } from "../../fixtures/events.ts";
import { api, ORIGIN, send, signedPost } from "../support/bridge.ts";
import { answer, call } from "../support/call.ts";
import { startCarrier, type TestCarrier } from "../support/carrier.ts";
import { request } from "../support/api/operator.ts";

const LINE = "14155550100";
const ROOM = "/conferences/recorded/recordings";
const HOST = "https://api-eu-3.vonage.com";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let path = "";
let carrier: TestCarrier;
let files: Map<string, StoredFile>;

beforeAll(async () => {
  await env.LINES.put(LINE, '{ "conference": "recorded", "record": true }');
  const ncco = (await answer(call({ line: LINE }))) as { eventUrl?: string[] }[];
  path = (ncco.at(-1)?.eventUrl?.[0] ?? "").slice(ORIGIN.length);
});

beforeEach(() => {
  files = new Map();
  carrier = startCarrier([], { files });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Reports a recording to the conference; its id. */
async function recorded(more: object = {}): Promise<string> {
  const id = crypto.randomUUID();
  await report("record", { recording_uuid: id, recording_url: `${HOST}/v1/files/${id}`, ...more });
  return id;
}

async function report(name: "record" | "transcribed", more: object): Promise<void> {
  const fixture = EVENTS.find((event) => event.name === name);
  if (fixture === undefined) throw new Error(`no fixture ${name}`);
  const payload = { ...payloadOf(fixture, ""), ...more };
  expect((await send(signedPost(path, payload))).status).toBe(204);
}

/** The carrier's next reply, whatever it is asked. */
function replyOnce(body: string | null, init: ResponseInit): void {
  const reply = async (): Promise<Response> => new Response(new Response(body).body, init);
  vi.mocked(fetch).mockImplementationOnce(reply);
}

const get = async (id: string): Promise<Response> => await send(request("GET", `${ROOM}/${id}`));

async function problemOf(id: string): Promise<unknown[]> {
  const response = await get(id);
  const { detail } = await response.json<{ detail: string }>();
  return [response.status, detail];
}

describe("recordings", () => {
  it("are listed, the latest first, without their addresses", async () => {
    const [first, second] = [await recorded(), await recorded({ size: "5" })];
    await report("transcribed", { recording_uuid: first });
    const { status, body } = await api<{ recordings: { id: string }[] }>(ROOM);
    expect(status).toBe(200);
    expect(body.recordings.slice(0, 2)).toEqual([
      expect.objectContaining({ id: second, size: 5, transcribed: false }),
      {
        id: first,
        startedAt: "2020-07-14T01:23:04.000Z",
        endedAt: "2020-07-14T01:23:09.000Z",
        seconds: 5,
        size: 18_990,
        conversation: expect.stringMatching(/^CON-/),
        transcribed: true,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain("https:");
  });

  it("of which the carrier said little are listed with what it said", async () => {
    const id = await recorded({
      start_time: "soon",
      end_time: null,
      size: {},
      conversation_uuid: undefined,
      recording_url: {},
    });
    expect((await api<{ recordings: object[] }>(ROOM)).body.recordings[0]).toEqual({
      id,
      startedAt: null,
      endedAt: null,
      seconds: null,
      size: null,
      conversation: null,
      transcribed: false,
    });
    expect(await problemOf(id)).toEqual([404, "This conference has no such recording."]);
  });

  it("of a conference that has none are none", async () => {
    expect(await api("/conferences/silent/recordings")).toEqual({
      status: 200,
      body: { recordings: [] },
    });
  });
});

describe("a recording", () => {
  it("comes as it is, as a file to keep", async () => {
    const id = await recorded();
    files.set(id, { contentType: "audio/mpeg", content: bytes("the sound of it") });
    const response = await get(id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "audio/mpeg",
      "content-disposition": "attachment",
      "x-content-type-options": "nosniff",
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes("the sound of it"));
    expect(carrier.origins).toEqual([HOST]);
  });

  it("is asked for with a token of the application's", async () => {
    const id = await recorded();
    files.set(id, { contentType: "audio/mpeg", content: bytes("sound") });
    await (await get(id)).arrayBuffer();
    expect(carrier.api.seen).toMatchObject([{ tokenId: expect.any(String), status: 200 }]);
  });

  it("is passed on while it comes, and never held: the second piece is made only once the first was read", async () => {
    const id = await recorded();
    const firstRead = Promise.withResolvers<void>();
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield bytes("one ");
      await firstRead.promise;
      yield bytes("two");
    }
    files.set(id, { contentType: "audio/mpeg", content: pieces });
    const { body } = await get(id);
    const reader = body?.getReader();
    const first = await reader?.read();
    firstRead.resolve();
    const second = await reader?.read();
    expect([first?.value, second?.value]).toEqual([bytes("one "), bytes("two")]);
    expect((await reader?.read())?.done).toBe(true);
  });

  it("has its length where the carrier tells it, and not that of what was unpacked", async () => {
    const id = await recorded();
    replyOnce("12345", { headers: { "content-length": "5" } });
    expect((await get(id)).headers.get("content-length")).toBe("5");
    replyOnce("12345", { headers: { "content-length": "3", "content-encoding": "gzip" } });
    expect((await get(id)).headers.get("content-length")).not.toBe("3");
  });

  it("that the carrier has deleted is not found", async () => {
    expect(await problemOf(await recorded())).toEqual([
      404,
      "The carrier does not have it: files are kept for 30 days.",
    ]);
  });

  it("of another conference, or of none, is not found", async () => {
    expect(await problemOf("unknown")).toEqual([404, "This conference has no such recording."]);
    const id = await recorded();
    const elsewhere = await send(request("GET", `/conferences/other/recordings/${id}`));
    expect(elsewhere.status).toBe(404);
    expect(carrier.origins).toEqual([]);
  });

  it.each([301, 302, 307, 308])("is not followed elsewhere (%s)", async (status) => {
    const id = await recorded();
    const headers = { location: "https://elsewhere.example.com/" };
    replyOnce(null, { status, headers });
    expect(await problemOf(id)).toEqual([
      502,
      `It could not be fetched: the carrier answered ${status}.`,
    ]);
    expect(fetch).toHaveBeenCalledOnce();
    expect(vi.mocked(fetch).mock.calls[0]?.[1]).toMatchObject({ redirect: "manual" });
  });

  it("that the carrier will not give, or does not answer for, is a problem", async () => {
    const id = await recorded();
    replyOnce("no", { status: 401 });
    expect(await problemOf(id)).toEqual([
      502,
      "It could not be fetched: the carrier answered 401.",
    ]);
    carrier.up = false;
    expect((await problemOf(id))[0]).toBe(504);
  });

  it.each([
    "http://api.nexmo.com/v1/files/1",
    "https://api.nexmo.com.example.com/v1/files/1",
    "https://example.com/v1/files/1",
    "https://user@api.nexmo.com/v1/files/1",
    "https://api.nexmo.com:8443/v1/files/1",
    "https://169.254.169.254/latest/meta-data",
    "/v1/files/1",
  ])("at an address that is not the carrier's is not asked for: %s", async (url) => {
    const id = await recorded({ recording_url: url });
    expect(await problemOf(id)).toEqual([
      502,
      "Its address is not the carrier's, so it was not asked for.",
    ]);
    await report("transcribed", { recording_uuid: id, transcription_url: url });
    expect((await problemOf(`${id}/transcription`))[0]).toBe(502);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("a transcription", () => {
  it("comes as it is", async () => {
    const id = await recorded();
    const transcription_url = `${HOST}/v1/files/transcript-of-${id}`;
    await report("transcribed", { recording_uuid: id, transcription_url });
    const content = bytes('{"channels":[]}');
    files.set(`transcript-of-${id}`, { contentType: "application/json", content });
    const response = await get(`${id}/transcription`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/json",
    ]);
    expect(await response.json()).toEqual({ channels: [] });
  });

  it("that there is none of is not found", async () => {
    const id = await recorded();
    expect(await problemOf(`${id}/transcription`)).toEqual([
      404,
      "This conference has no such transcription.",
    ]);
  });
});
