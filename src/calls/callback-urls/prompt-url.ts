/**
 * The URL to which the carrier sends the answer to a prompt. It holds the caller's progress, so that nothing is stored while
 * they type. It holds no code and no PIN, nor anything from which one could be guessed.
 */
import { authenticate } from "../../lib/crypto.ts";
import type { Line, Door } from "../../lines/parse/line.ts";
import { readSignedUrl, signedUrl } from "./signed-url.ts";

const PATH = "/webhooks/input";
/** New parameters go last: URLs made before a deploy are still in use after it. */
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

/** How many tries a caller has in one call, over all prompts. */
export const MAX_TRIES = 3;

export interface PromptStep {
  leg: string;
  /** The called number's key; of a call that we made, the number that it came from. */
  line: string;
  /** What is asked: a room's code, a PIN, or whether somebody whom we called wants to join. */
  kind: "code" | "pin" | "join";
  /** Which try this is, from 1 on. */
  attempt: number;
  /** For a PIN: which of the line's rooms (`roomToken`), empty where the line has only one. To join: the conference. */
  room: string;
  /** The base of the carrier's REST API for the leg; empty where it named none. */
  region: string;
  /** To join, the language to speak; empty for the line's own. */
  language: string;
  /** Who calls, or whom we called, as the first webhook named them; empty where it named nobody. */
  caller: string;
  /** The transient conversation in which the call started; empty where no webhook named it. */
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

/** The step that a prompt URL holds; null where we did not make the URL. */
export async function readPromptUrl(
  url: string,
  secrets: readonly string[],
): Promise<PromptStep | null> {
  const read = await readSignedUrl(url, PROMPT_PARAMETERS, secrets);
  if (read === null) return null;
  const { step: kind, try: attempt, ...said } = read;
  const tries = Number(attempt);
  if (!Number.isInteger(tries) || tries < 1 || tries > MAX_TRIES) return null;
  if (kind !== "code" && kind !== "pin" && kind !== "join") return null;
  return { ...said, kind, attempt: tries };
}

/**
 * Identifies a room of a line in a URL without giving away the room's code: a keyed hash of the code, and the room's position
 * in the line. The position makes it possible to find the room without hashing the codes of thousands of rooms.
 */
export async function roomToken(
  number: string,
  line: Line,
  code: string,
  secrets: readonly string[],
): Promise<string> {
  const position = Array.from(line.rooms.keys()).indexOf(code);
  return `${await codeHash(number, code, secrets[0])}.${position}`;
}

async function codeHash(number: string, code: string, secret: string | undefined): Promise<string> {
  const key = secret ?? "unsigned webhooks are allowed, and nothing is secret";
  return (await authenticate(key, `room ${JSON.stringify([number, code])}`)).slice(0, 16);
}

/** The door whose PIN is asked for; null where the line was changed meanwhile and has no such room any more. */
export async function doorOf(
  line: Line,
  step: PromptStep,
  secrets: readonly string[],
): Promise<Door | null> {
  if (step.room === "") return line.door;
  const [hash, position] = step.room.split(".");
  const rooms = [...line.rooms];
  const there = rooms[Number(position)];
  for (const [code, door] of there === undefined ? rooms : [there, ...rooms]) {
    const hashes = await Promise.all(
      [secrets[0], ...secrets.slice(1)].map((secret) => codeHash(step.line, code, secret)),
    );
    if (hashes.some((one) => one === hash)) return door;
  }
  return null;
}
