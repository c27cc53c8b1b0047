/**
 * The URL that a prompt's answer goes to. It says where the caller stands, so that nothing need be stored while they
 * type; no code and no PIN, nor anything from which one could be guessed.
 */
import { authenticate } from "../../lib/crypto.ts";
import type { Line, Door } from "../../lines/parse/line.ts";
import { readSignedUrl, signedUrl } from "./signed-url.ts";

const PATH = "/webhooks/input";
/** What came later stands last: a caller may hold a URL from before. */
export const PROMPT_PARAMETERS = [
  "leg",
  "line",
  "step",
  "try",
  "room",
  "region",
  "language",
  "caller",
  "origin",
] as const;

/** How often a caller may try, over all that they are asked in one call. */
export const MAX_TRIES = 3;

export interface PromptStep {
  leg: string;
  /** The called number's key; of a call that we made, the number that it came from. */
  line: string;
  /** What is asked: a room's code, a PIN, or whether somebody whom we called wants to join. */
  kind: "code" | "pin" | "join";
  /** Which try this is, from 1 on. */
  attempt: number;
  /** For a PIN, which of the line's rooms (`roomMark`), empty where it has one; to join, the conference. */
  room: string;
  /** The base of the carrier's REST API for the leg; empty where it named none. */
  region: string;
  /** To join, the language to speak; empty for the line's own. */
  language: string;
  /** Who calls, or whom we called, as was said first; empty where nobody was named. */
  caller: string;
  /** The transient conversation that the call started in; empty where it was not named. */
  origin: string;
}

export async function promptUrl(
  base: string,
  { leg, line, kind, attempt, room, region, language, caller, origin }: PromptStep,
  secrets: readonly string[],
): Promise<string> {
  const asked = { leg, line, step: kind, try: String(attempt), room, region, language };
  const parameters = { ...asked, caller, origin };
  return await signedUrl(base, PATH, parameters, secrets);
}

/** The step that a URL names, or null where we did not write it. */
export async function stepOf(url: string, secrets: readonly string[]): Promise<PromptStep | null> {
  const read = await readSignedUrl(url, PROMPT_PARAMETERS, secrets);
  if (read === null) return null;
  const { step: kind, try: attempt, ...said } = read;
  const tries = Number(attempt);
  if (!Number.isInteger(tries) || tries < 1 || tries > MAX_TRIES) return null;
  if (kind !== "code" && kind !== "pin" && kind !== "join") return null;
  return { ...said, kind, attempt: tries };
}

/**
 * What stands for a room's code in a URL: nothing that tells the code to somebody who lacks the secret. Its place in the line
 * goes with it, so that it is found again without a signature for each of thousands of rooms.
 */
export async function roomMark(
  number: string,
  line: Line,
  code: string,
  secrets: readonly string[],
): Promise<string> {
  const place = Array.from(line.rooms.keys()).indexOf(code);
  return `${await markOf(number, code, secrets[0])}.${place}`;
}

async function markOf(number: string, code: string, secret: string | undefined): Promise<string> {
  const key = secret ?? "unsigned webhooks are allowed, and nothing is secret";
  return (await authenticate(key, `room ${JSON.stringify([number, code])}`)).slice(0, 16);
}

/** The door that a PIN is asked for; null where the line has changed since, and has no such room any more. */
export async function doorOf(
  line: Line,
  step: PromptStep,
  secrets: readonly string[],
): Promise<Door | null> {
  if (step.room === "") return line.door;
  const [mark, place] = step.room.split(".");
  const rooms = [...line.rooms];
  const there = rooms[Number(place)];
  for (const [code, door] of there === undefined ? rooms : [there, ...rooms]) {
    const marks = await Promise.all(
      [secrets[0], ...secrets.slice(1)].map((secret) => markOf(step.line, code, secret)),
    );
    if (marks.some((one) => one === mark)) return door;
  }
  return null;
}
