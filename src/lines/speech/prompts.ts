/** Builds the NCCOs: what a caller hears, is asked, and is joined to. Pure. */
import {
  omitUndefined,
  spokenText,
  spokenMs,
  talk,
  type ConversationAction,
  type InputAction,
  type Ncco,
} from "../../vonage/ncco.ts";
import { greetingOf } from "./greeting.ts";
import { isMutedOnEntry, type Role, type Room } from "../room.ts";
import { wordingOf, type Speech, type Wording } from "./wording.ts";

export type { Speech } from "./wording.ts";

/** Why a caller is not put through. */
export type Refusal =
  | "unknown-number"
  | "misconfigured-line"
  | "line-unavailable"
  | "not-allowed"
  | "closed"
  | "wrong-code"
  | "too-many-tries"
  | "full"
  | "locked"
  | "banned"
  | "not-joined";

/** The carrier's limits: digits in one input, and seconds that it waits for one. */
const MAX_DIGITS = 20;
const DIGIT_TIMEOUT_SECONDS = 10;

export function refusalNcco(refusal: Refusal, speech: Speech = {}): Ncco {
  return [said(wordingOf(refusal, speech))];
}

/** For requests of which nothing is known, not even whether they come from the carrier. */
export function apologyNcco(): Ncco {
  return refusalNcco("line-unavailable");
}

/** What the NCCO of a caller depends on beside the room. */
export interface Stay {
  /** Where the carrier sends its recording webhook. */
  recordingUrl: string | null;
  /** The absolute URL of the bridge's own hold music. */
  holdMusicUrl: string;
  role: Role;
  /** How many people are already there; null where that is unknown. */
  others: number | null;
  /** Whether the bridge itself ends the conference with its last moderator, so the carrier must not end it with the first. */
  operatorEnds: boolean;
}

/** The NCCO that joins a caller to a conference. */
export function conferenceNcco(room: Room, stay: Stay): Ncco {
  const greeting = greetingOf(room, stay.others);
  return [
    // The carrier rejects the whole NCCO for a `talk` without words.
    ...(spokenText(greeting.text).trim() === "" ? [] : [said(greeting)]),
    conversation(room, stay),
  ];
}

function conversation(room: Room, stay: Stay): ConversationAction {
  const waits = room.waitForModerator === true;
  const isGuest = stay.role === "guest";
  const music = room.musicOnHoldUrl ?? (waits ? stay.holdMusicUrl : undefined);
  const ends = room.endWithModerator === true && !isGuest && !stay.operatorEnds;
  return {
    action: "conversation",
    name: room.conference,
    ...omitUndefined({
      startOnEnter: waits ? !isGuest : room.startOnEnter,
      endOnExit: ends ? true : room.endOnExit,
      musicOnHoldUrl: music === undefined || (waits && !isGuest) ? undefined : oneUrl(music),
      record: room.record,
      mute: room.mute === true ? isMutedOnEntry(room, stay.role) || undefined : room.mute,
    }),
    ...(room.record === true &&
      stay.recordingUrl !== null && {
        eventUrl: oneUrl(stay.recordingUrl),
        eventMethod: "POST" as const,
      }),
  };
}

function oneUrl(url: string): [string] {
  return [url];
}

/** Asks for a code or a PIN. `first`: false where the previous entry was wrong. */
export function promptNcco(
  kind: "code" | "pin" | "pin-or-hash",
  first: boolean,
  eventUrl: string,
  speech: Speech,
): Ncco {
  const question = wordingOf(first ? `ask-${kind}` : `ask-${kind}-again`, speech);
  return [
    { ...said(question), bargeIn: true },
    digits(MAX_DIGITS, true, eventUrl),
    said(wordingOf("no-entry", speech)),
  ];
}

/** Asks a person whom the bridge has called whether they want to join. */
export function invitationNcco(conference: string, eventUrl: string, speech: Speech): Ncco {
  const question = wordingOf("invitation", speech, { conference });
  return [
    { ...said(question), bargeIn: true },
    digits(1, false, eventUrl),
    said(wordingOf("not-joined", speech)),
  ];
}

function digits(maxDigits: number, submitOnHash: boolean, eventUrl: string): InputAction {
  return {
    action: "input",
    type: ["dtmf"],
    dtmf: { maxDigits, submitOnHash, timeOut: DIGIT_TIMEOUT_SECONDS },
    eventUrl: oneUrl(eventUrl),
    eventMethod: "POST",
  };
}

function said({ text, voice }: Wording) {
  return talk(text, voice);
}

/** How long the greeting takes, in milliseconds. The carrier moves the caller into the conference after it. */
export function greetingMs(room: Room, others: number | null = null): number {
  return spokenMs(greetingOf(room, others).text);
}
