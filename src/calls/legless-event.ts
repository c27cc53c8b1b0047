/**
 * Event webhooks that name no leg, so that no switchboard stores them. They are stored by their conference where it is known,
 * and otherwise as a problem: what we acknowledge must be kept, since nobody else has it.
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
import { carrierErrorNotice } from "./carrier-error.ts";
import { deliveryOf, deliverToConference } from "./deliver-event.ts";

const LOOK_UP_MS = 2_000;
/** A signed URL is longer than other texts. */
const MAX_URL_LENGTH = 2_048;

/** Only webhooks of a recording or of its transcription have any of these. */
const RECORDING_FIELDS = ["recording_uuid", "recording_url", "transcription_url"];

/**
 * Stores an event. `named`: the conference that the URL names, where the URL is one that we gave.
 *
 * @throws when nothing durable happened: then the carrier must be asked to repeat the webhook.
 */
export async function storeLeglessEvent(
  env: Env,
  event: VonageEvent,
  payload: Payload,
  receivedAt: number,
  named: string | null,
): Promise<{ outcome: string; conference: string | null }> {
  const isRecording = RECORDING_FIELDS.some((name) => name in payload);
  const conference = named ?? (isRecording ? await conferenceOf(env, payload) : null);
  if (conference === null) {
    await keepProblem(
      env,
      isRecording ? await recordingNotice(payload) : eventNotice(event, payload),
    );
    return { outcome: "kept as a problem", conference };
  }
  const delivery = await deliveryOf(event, payload, receivedAt);
  return { outcome: await deliverToConference(env, conference, delivery), conference };
}

/** The conference that is known to have been in a recording's conversation. */
async function conferenceOf(env: Env, payload: Payload): Promise<string | null> {
  const conversation = id(payload["conversation_uuid"]);
  if (conversation === null) return null;
  return await withTimeout(LOOK_UP_MS, directoryStub(env).conferenceOf(conversation));
}

/** A recording and its transcription are two problems, since each has a file of its own. */
async function recordingNotice(payload: Payload): Promise<Omit<Notice, "times">> {
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

/** Only the file's name, which is enough to find it again: the rest of the URL may hold a secret code. */
function fileOf(url: unknown): string | null {
  const address = text(url, MAX_URL_LENGTH);
  if (address === null || !URL.canParse(address)) return null;
  return cut(new URL(address).pathname.split("/").at(-1) ?? "", 100) || null;
}

/** The subject is the kind of the event, and not its content: a carrier that sends such events sends many. */
function eventNotice(event: VonageEvent, payload: Payload): Omit<Notice, "times"> {
  if (event.kind === "error") return carrierErrorNotice(null, payload);
  const name = "name" in event ? event.name : "status" in event ? event.status : null;
  const subject = name === null ? event.kind : `${event.kind} ${quoted(name)}`;
  return {
    kind: "stray-webhook",
    subject,
    detail: `A webhook (${subject}) named no leg, so that it is in no conference's journal, and changes nothing.`,
  };
}

/** An id of the carrier's form as it is; any other text quoted. */
function shownId(name: string): string {
  return WHOLE_ID.test(name) ? name : quoted(name);
}

function shownTime(time: string): string {
  return WHOLE_TIME.test(time) ? time : quoted(time);
}
