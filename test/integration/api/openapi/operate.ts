/** What is asked of the operations that act on calls, and of recordings. */
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { EVENTS, payloadOf } from "../../../fixtures/events.ts";
import { operationOf } from "../../../support/openapi.ts";
import { ORIGIN, send, signedPost } from "../../support/bridge.ts";
import { answer, call } from "../../support/call.ts";
import { perform, type Ask, type Exercise } from "../../support/api/exercise.ts";
import { join } from "../../support/api/operator.ts";
import { adaIsIn } from "./everywhere.ts";

const LINE = "14155550100";
const HOST = "https://api-eu-3.vonage.com";
const RECORDING = "9d62a4e6-7346-eb55-55c4-238293d33b6a";

/** Somebody whose number nobody was told. */
async function withheld(): Promise<void> {
  await env.LINES.put(LINE, "standup");
  await join(LINE, "ada", "anonymous");
}

/** A recording and its transcription are reported, whatever the carrier has of them. */
async function recorded(): Promise<Ask> {
  await env.LINES.put(LINE, '{ "conference": "standup", "record": true }');
  const ncco = (await answer(call({ line: LINE }))) as { eventUrl?: string[] }[];
  const path = (ncco.at(-1)?.eventUrl?.[0] ?? "").slice(ORIGIN.length);
  await report(path, "record", { recording_url: `${HOST}/v1/files/${RECORDING}` });
  await report(path, "transcribed", { transcription_url: `${HOST}/v1/files/text` });
  return { path: { id: RECORDING } };
}

async function report(path: string, name: string, more: object): Promise<void> {
  const fixture = EVENTS.find((event) => event.name === name);
  if (fixture === undefined) throw new Error(`no fixture ${name}`);
  const payload = { ...payloadOf(fixture, ""), recording_uuid: RECORDING, ...more };
  await send(signedPost(path, payload));
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const FILES: Exercise[] = ["getRecording", "getTranscription"].flatMap((of): Exercise[] => [
  {
    of,
    status: 200,
    because: "the carrier has it",
    given: async ({ files }) => {
      for (const name of [RECORDING, "text"]) {
        files.set(name, { contentType: "audio/mpeg", content: bytes("the sound of it") });
      }
      return await recorded();
    },
  },
  { of, status: 404, because: "the carrier has deleted it", given: recorded },
  { of, status: 404, because: "there is none" },
  {
    of,
    status: 502,
    because: "the carrier will not give it",
    given: async () => {
      vi.mocked(fetch).mockResolvedValueOnce(new Response(null, { status: 403 }));
      return await recorded();
    },
  },
  {
    of,
    status: 504,
    because: "the carrier is away",
    given: async ({ carrier }) => {
      carrier.up = false;
      return await recorded();
    },
  },
]);

export const OPERATE: Exercise[] = [
  ...FILES,
  { of: "listRecordings", status: 200, because: "there are none" },
  { of: "listRecordings", status: 200, because: "there is one", given: recorded },
  ...["hangUpParticipant", "hangUpGuests"].map((of): Exercise => ({
    of,
    status: 409,
    because: "they have no number to ban",
    given: withheld,
  })),
  ...["announce", "play", "end", "reconcile", "muteGuests"].map((of): Exercise => ({
    of,
    status: 200,
    because: "nobody is there",
  })),
  ...["lock", "unlock"].map((of): Exercise => ({
    of,
    status: 200,
    because: "it needs no credentials",
    given: adaIsIn,
  })),
  {
    of: "callPeople",
    status: 403,
    because: "nobody may be called",
    settings: { DIAL_PREFIXES: "" },
  },
  {
    of: "callPeople",
    status: 403,
    because: "this number may not be called",
    settings: { DIAL_PREFIXES: "1415" },
  },
  {
    of: "callPeople",
    status: 409,
    because: "no line leads to the conference",
    body: { to: ["+44 7700 900123"] },
  },
  {
    of: "callPeople",
    status: 200,
    because: "it is not said from which line",
    body: { to: ["447700900123", "447700900124"], pressOne: false, machineDetection: false },
    given: adaIsIn,
  },
  {
    of: "getBatch",
    status: 200,
    because: "there was one",
    given: async () => {
      await adaIsIn();
      const { response } = await perform(operationOf("announce"), {});
      const { batch } = JSON.parse(response.text) as { batch: string };
      return { path: { batch } };
    },
  },
  { of: "getBatch", status: 404, because: "there was none" },
];
