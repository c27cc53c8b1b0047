/** The recordings of a conference, from its journal. Pure. */
import { id, text } from "../../vonage/fields.ts";
import { isObject, type Payload } from "../../vonage/payload.ts";
import type { NumberedEntry } from "./journal-entry.ts";
import { iso } from "../../lib/time.ts";
import type { RecordingView } from "../../contract/conference-view.ts";

export interface StoredRecording {
  view: RecordingView;
  /** The carrier's addresses of them. */
  urls: { recording: string | null; transcription: string | null };
}

/** A signed URL is longer than other texts. */
const MAX_URL_LENGTH = 2_048;

/** `entries`: recordings and transcriptions, latest first. */
export function storedRecordings(entries: readonly NumberedEntry[]): StoredRecording[] {
  const transcriptions = new Map<string, string>();
  const recordings = new Map<string, Payload>();
  for (const { kind, body } of entries) {
    const payload = parsed(body);
    const recording = id(payload["recording_uuid"]);
    if (recording === null) continue;
    const transcription = text(payload["transcription_url"], MAX_URL_LENGTH);
    if (kind === "record") recordings.set(recording, payload);
    else if (transcription !== null) transcriptions.set(recording, transcription);
  }
  return Array.from(recordings, ([recording, payload]) =>
    storedRecording(recording, payload, transcriptions.get(recording) ?? null),
  );
}

function storedRecording(
  recording: string,
  payload: Payload,
  transcription: string | null,
): StoredRecording {
  const [start, end] = [time(payload["start_time"]), time(payload["end_time"])];
  const size = Number(text(payload["size"]) ?? Number.NaN);
  const view: RecordingView = {
    id: recording,
    startedAt: iso(start),
    endedAt: iso(end),
    seconds: start === null || end === null ? null : Math.max(0, Math.round((end - start) / 1_000)),
    size: Number.isFinite(size) ? size : null,
    conversation: id(payload["conversation_uuid"]),
    transcribed: transcription !== null,
  };
  return {
    view,
    urls: { recording: text(payload["recording_url"], MAX_URL_LENGTH), transcription },
  };
}

function time(value: unknown): number | null {
  const at = Date.parse(text(value) ?? "");
  return Number.isNaN(at) ? null : at;
}

/** Only objects are journalled, so the other case does not happen. */
function parsed(body: string): Payload {
  const value: unknown = JSON.parse(body);
  return isObject(value) ? value : {};
}
