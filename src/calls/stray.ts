/**
 * Webhooks that name no leg. What is acknowledged is kept: by the conference whose it is, or else as a problem, since nobody
 * else has it.
 */
import { directoryStub } from "../directory/client.ts";
import { keepProblem } from "../directory/client.ts";
import type { Notice } from "../directory/problem.ts";
import { cut } from "../lib/cut.ts";
import { withTimeout } from "../lib/deadline.ts";
import { quoted, WHOLE_ID, WHOLE_TIME } from "../lib/masking/mask.ts";
import { hex, sha256 } from "../lib/crypto.ts";
import type { VonageEvent } from "../vonage/event.ts";
import { id, text } from "../vonage/fields.ts";
import type { Payload } from "../vonage/payload.ts";
import { complaintOf } from "./complaint.ts";
import { deliveryOf, record } from "./deliver-event.ts";

const LOOK_UP_MS = 2_000;
/** A signed address is longer than other texts. */
const MAX_URL_LENGTH = 2_048;

/** Only the webhook of a recording or of its transcription has any of these. */
const RECORDING_FIELDS = ["recording_uuid", "recording_url", "transcription_url"];

/** `named`: the conference that its URL, which we gave, names. @throws when nothing durable happened: then the carrier must be asked to repeat it. */
export async function keepStray(
  env: Env,
  event: VonageEvent,
  payload: Payload,
  receivedAt: number,
  named: string | null,
): Promise<{ outcome: string; conference: string | null }> {
  const isRecording = RECORDING_FIELDS.some((name) => name in payload);
  const conference = named ?? (isRecording ? await conferenceStub(env, payload) : null);
  if (conference === null) {
    await keepProblem(env, isRecording ? await strayRecording(payload) : strayOf(event, payload));
    return { outcome: "kept as a problem", conference };
  }
  const delivery = await deliveryOf(event, payload, receivedAt);
  return { outcome: await record(env, conference, delivery), conference };
}

async function conferenceStub(env: Env, payload: Payload): Promise<string | null> {
  const conversation = id(payload["conversation_uuid"]);
  if (conversation === null) return null;
  return await withTimeout(LOOK_UP_MS, directoryStub(env).conferenceOf(conversation));
}

/** A recording and its transcription are two, since each has a file of its own. */
async function strayRecording(payload: Payload): Promise<Omit<Notice, "times">> {
  const [what, url] =
    "transcription_url" in payload
      ? ["transcription", payload["transcription_url"]]
      : ["recording", payload["recording_url"]];
  const name = id(payload["recording_uuid"]) ?? (await digestOf(payload));
  const file = fileOf(url);
  const conversation = id(payload["conversation_uuid"]);
  const [start, end] = [text(payload["start_time"]), text(payload["end_time"])];
  const facts = [
    file === null ? null : `file ${shownId(file)}`,
    conversation === null ? null : `conversation ${shownId(conversation)}`,
    start === null || end === null ? null : `from ${shownTime(start)} to ${shownTime(end)}`,
  ].filter((fact) => fact !== null);
  return {
    kind: "stray-recording",
    subject: `${what} ${shownId(name)}`,
    detail: `No conference is known to have been in the conversation of this ${what}, so it is listed with none (${facts.join(", ")}). The carrier keeps it for 30 days. Who records by another program should give it an eventUrl of its own.`,
  };
}

async function digestOf(payload: Payload): Promise<string> {
  return hex(await sha256(new TextEncoder().encode(JSON.stringify(payload)))).slice(0, 32);
}

/** The address itself may hold a code; the name of the file is what finds it again. */
function fileOf(url: unknown): string | null {
  const address = text(url, MAX_URL_LENGTH);
  if (address === null || !URL.canParse(address)) return null;
  return cut(new URL(address).pathname.split("/").at(-1) ?? "", 100) || null;
}

/** By what it is, and not by what it says: a platform that sends them sends many. */
function strayOf(event: VonageEvent, payload: Payload): Omit<Notice, "times"> {
  if (event.kind === "error") return complaintOf(null, payload);
  const name = "name" in event ? event.name : "status" in event ? event.status : null;
  const subject = name === null ? event.kind : `${event.kind} ${quoted(name)}`;
  return {
    kind: "stray-webhook",
    subject,
    detail: `A webhook (${subject}) named no leg, so that it is in no conference's journal, and changes nothing.`,
  };
}

/** An id as the carrier makes them; whatever else stands in its place is quoted, since it may be anything. */
function shownId(name: string): string {
  return WHOLE_ID.test(name) ? name : quoted(name);
}

function shownTime(time: string): string {
  return WHOLE_TIME.test(time) ? time : quoted(time);
}
