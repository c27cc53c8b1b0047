/** Recordings: they name no leg, so the address that we gave the carrier names the conference, under a code of ours. */
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { EVENTS, payloadOf } from "../../fixtures/events.ts";
import { ACCOUNT, journal, ORIGIN, send, sendWith, signedPost, view } from "../support/bridge.ts";
import { answer, call } from "../support/call.ts";

const LINE = "14155550130";
const OTHER_LINE = "14155550131";
const CONFERENCE = "recorded";
const OTHER = "recorded-too";

let path = "";
let otherPath = "";

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: CONFERENCE, record: true }));
  await env.LINES.put(OTHER_LINE, JSON.stringify({ conference: OTHER, record: true }));
  path = await recordingPath(LINE);
  otherPath = await recordingPath(OTHER_LINE);
});

/** Where the NCCO of a line has the carrier report recordings to. */
async function recordingPath(line: string): Promise<string> {
  const ncco = (await answer(call({ line }))) as { eventUrl?: string[] }[];
  const [url = ""] = ncco.at(-1)?.eventUrl ?? [];
  expect(url.startsWith(`${ORIGIN}/webhooks/recording?`)).toBe(true);
  return url.slice(ORIGIN.length);
}

/** A recording of the documented kind. Only its id differs. */
function recording(name: "record" | "transcribed" = "record") {
  const fixture = EVENTS.find((event) => event.name === name);
  if (fixture === undefined) throw new Error(`no fixture ${name}`);
  return { ...payloadOf(fixture, ""), recording_uuid: crypto.randomUUID() };
}

const entriesOf = async (conference: string) =>
  (await journal(conference)).filter(({ kind }) => kind !== "admission");

describe("a recording", () => {
  it("is journalled once by the conference that its address names, however often it comes", async () => {
    const payload = recording();
    for (let i = 0; i < 3; i++) {
      expect((await send(signedPost(path, payload))).status).toBe(204);
    }
    const entries = await entriesOf(CONFERENCE);
    expect(
      entries.filter(({ body }) => body["recording_uuid"] === payload.recording_uuid),
    ).toMatchObject([
      { leg: null, kind: "record", status: null, outcome: "ignored", body: payload },
    ]);
    expect(await entriesOf(OTHER)).toEqual([]);
  });

  it("is journalled with its own time", async () => {
    await send(signedPost(path, recording()));
    expect((await entriesOf(CONFERENCE)).at(-1)).toMatchObject({
      kind: "record",
      at: "2020-07-14T01:23:09.426Z",
    });
  });

  it("is journalled with its transcription, which comes to the same address", async () => {
    const payload = recording("transcribed");
    expect((await send(signedPost(path, payload))).status).toBe(204);
    expect(await entriesOf(CONFERENCE)).toContainEqual(
      expect.objectContaining({ leg: null, status: "transcribed", at: null, body: payload }),
    );
  });

  it("changes nobody's record", async () => {
    const { participants, count } = await view(CONFERENCE, "?gone=true");
    await send(signedPost(path, recording()));
    expect(await view(CONFERENCE, "?gone=true")).toMatchObject({ participants, count });
  });

  it("takes the states of a leg as that leg's own when they are sent to its address", async () => {
    const one = call({ line: LINE });
    await answer(one);
    const participantOf = async (): Promise<unknown> =>
      (await view(CONFERENCE, "?gone=true")).participants.find(
        ({ leg }) => leg === one.identity.id,
      );
    await send(signedPost(path, one.answered));
    expect(await participantOf()).toMatchObject({ phase: "arriving" });
    await send(signedPost(path, one.completed));
    expect(await participantOf()).toMatchObject({ phase: "gone", reason: "completed (user)" });
  });
});

describe("an address that we did not write", () => {
  it.each([
    ["another conference", () => path.replace(CONFERENCE, "made-up")],
    ["another conference that has a code of its own", () => path.replace(CONFERENCE, OTHER)],
    [
      "another conference's code",
      () => path.replace(/code=.*/, otherPath.replace(/.*code=/, "code=")),
    ],
    ["a changed code", () => `${path.slice(0, -1)}${path.endsWith("0") ? "1" : "0"}`],
    ["half a code", () => path.slice(0, -16)],
    ["an empty code", () => path.replace(/code=.*/, "code=")],
    ["no code", () => path.replace(/&code=.*/, "")],
    ["no conference", () => path.replace(/conference=[^&]*&/, "")],
    ["nothing", () => "/webhooks/recording"],
    ["another conference first", () => path.replace("?", "?conference=made-up&")],
  ])("is acknowledged and changes nothing, with %s", async (_, tampered) => {
    const before = [await journal(CONFERENCE), await journal(OTHER)];
    const objects = (await listDurableObjectIds(env.CONFERENCE)).length;
    expect((await send(signedPost(tampered(), recording()))).status).toBe(204);
    expect([await journal(CONFERENCE), await journal(OTHER)]).toEqual(before);
    expect(await listDurableObjectIds(env.CONFERENCE)).toHaveLength(objects);
  });

  it("is no authority by itself: the right address, unsigned or badly signed, changes nothing", async () => {
    const before = await journal(CONFERENCE);
    const body = JSON.stringify(recording());
    const unsigned = new Request(`${ORIGIN}${path}`, { method: "POST", body });
    expect((await send(unsigned)).status).toBe(503);
    const forged = signedPost(path, recording(), { ...ACCOUNT, signatureSecret: "another" });
    expect((await send(forged)).status).toBe(401);
    expect(await journal(CONFERENCE)).toEqual(before);
  });
});

describe("while a secret is rotated", () => {
  it("an address from before is still good, and one that is made now too", async () => {
    const settings = { VONAGE_SIGNATURE_SECRET: `a-newer-secret ${ACCOUNT.signatureSecret}` };
    const old = recording();
    expect((await sendWith(settings, signedPost(path, old))).response.status).toBe(204);

    const { response } = await sendWith(
      settings,
      signedPost("/webhooks/answer", call({ line: LINE }).answer),
    );
    const ncco = await response.json<{ eventUrl?: string[] }[]>();
    const fresh = (ncco.at(-1)?.eventUrl?.[0] ?? "").slice(ORIGIN.length);
    expect(fresh).not.toBe(path);
    const later = recording();
    expect((await sendWith(settings, signedPost(fresh, later))).response.status).toBe(204);

    const ids = (await entriesOf(CONFERENCE)).map(({ body }) => body["recording_uuid"]);
    expect(ids).toEqual(expect.arrayContaining([old.recording_uuid, later.recording_uuid]));
  });
});
