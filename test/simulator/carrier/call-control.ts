/**
 * What the carrier's REST side may do with the running legs: the seam between the HTTP interface of `/v1/calls` and the
 * legs that the carrier plays. Whoever implements it knows nothing of HTTP, tokens or rate limits.
 */

/** A call as `GET /v1/calls/{uuid}` shows it (Vonage Voice API, call object), without its links. */
export interface CallRecord {
  /** The leg. */
  uuid: string;
  /** The conversation that the leg is in now, `CON-…`. */
  conversation_uuid: string;
  to: { type: "phone"; number: string };
  from: { type: "phone"; number: string };
  /** The leg's last status, for example `ringing`. */
  status: string;
  direction: "inbound" | "outbound";
  /** EUR a minute. This field and the five after it exist only once the call is completed; all of them are texts. */
  rate?: string;
  /** EUR. */
  price?: string;
  /** Whole seconds. */
  duration?: string;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  start_time?: string;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  end_time?: string;
  network?: string;
  /** The carrier's region that the call exists in, for example `eu-west`. Not a field of the documented object. */
  region: string;
}

/** A validated outbound call. Either `ncco` or `answerUrl` says what it plays. */
export interface CreateCall {
  to: { type: "phone"; number: string };
  from: string;
  ncco?: unknown[];
  answerUrl?: { url: string; method: "GET" | "POST" };
  /** Where the call's events go; default: the application's event URL. */
  eventUrl?: { url: string; method: "GET" | "POST" };
  machineDetection?: "continue" | "hangup";
  /** How long it rings at most; 60 where missing. */
  ringingTimerSeconds?: number;
  /** The maximum duration in seconds; default 7,200. */
  lengthTimerSeconds?: number;
}

/** Every method that names a leg throws `GoneError` where the leg is unknown or has ended. `get` does not. */
export interface CallControl {
  /** Every call, also those that have ended, the oldest first. */
  list(): readonly CallRecord[];
  /** A call, also one that has ended; null for an unknown one. */
  get(uuid: string): CallRecord | null;
  /** Starts an outbound call and returns it in its first status, `started`. */
  create(call: CreateCall): CallRecord;
  hangup(uuid: string): void;
  /** Whether the leg can be heard. */
  mute(uuid: string, on: boolean): void;
  /** Whether the leg can hear. */
  earmuff(uuid: string, on: boolean): void;
  /** Replaces what the leg plays by another NCCO, given or fetched. */
  transfer(uuid: string, destination: { ncco: unknown[] } | { url: string }): void;
  /** Says a text into the leg. `loop`: how often, 0 without end; 1 where missing. */
  talk(uuid: string, talk: { text: string; language?: string; loop?: number }): void;
  stopTalk(uuid: string): void;
  /** Plays an audio file into the leg. `loop`: how often, 0 without end; 1 where missing. */
  stream(uuid: string, stream: { url: string; loop?: number }): void;
  stopStream(uuid: string): void;
  /** Sends tones into the leg. */
  dtmf(uuid: string, digits: string): void;
}

/** The leg is unknown, or has ended: for the REST side both are a 404. */
export class GoneError extends Error {
  override readonly name = "GoneError";

  constructor(uuid: string) {
    super(`There is no call ${uuid}, or it has ended`);
  }
}
