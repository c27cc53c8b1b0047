/** The room that a PIN is asked for, in a line of thousands. */
import { afterEach, expect, it, vi } from "vitest";
import {
  doorOf,
  roomToken,
  type PromptStep,
} from "../../../../src/calls/callback-urls/prompt-url.ts";
import { parseLine, type Line } from "../../../../src/lines/parse/line.ts";

const SECRETS = ["new-secret", "old-secret"];

const lineOf = (codes: readonly string[]): Line => {
  const rooms = codes.map((code) => [code, { conference: `room-${code}`, pin: "4711" }]);
  const parsed = parseLine(JSON.stringify({ rooms: Object.fromEntries(rooms) }));
  if (!parsed.ok) throw new Error(parsed.error.join("; "));
  return parsed.value;
};

const CODES = Array.from({ length: 1_000 }, (_, n) => String(10_000 + n));
const LINE = lineOf(CODES);

const stepTo = (room: string): PromptStep => ({
  leg: "a",
  line: "14155550100",
  kind: "pin",
  attempt: 1,
  room,
  region: "",
  language: "",
  caller: "",
  origin: "",
});

const asked = async (code: string, secrets = SECRETS): Promise<PromptStep> =>
  stepTo(await roomToken("14155550100", LINE, code, secrets));

afterEach(() => {
  vi.restoreAllMocks();
});

it("is found with as many signatures as there are secrets, wherever it stands", async () => {
  const step = await asked("10999");
  const sign = vi.spyOn(crypto.subtle, "sign");
  expect((await doorOf(LINE, step, SECRETS))?.room.conference).toBe("room-10999");
  expect(sign).toHaveBeenCalledTimes(SECRETS.length);
});

it.each([
  ["a room before it is gone", CODES.slice(1)],
  ["there are fewer rooms than its place", CODES.slice(-5)],
  ["there are more", ["1", ...CODES]],
])("is found where the line has changed: %s", async (_, codes) => {
  const step = await asked("10999");
  expect((await doorOf(lineOf(codes), step, SECRETS))?.room.conference).toBe("room-10999");
});

it("is nobody's room where it is gone, whoever has its place now", async () => {
  const step = await asked("10000");
  expect(await doorOf(lineOf(CODES.slice(1)), step, SECRETS)).toBeNull();
});

it("is found by a URL of before a secret was rotated, and by one that names no place", async () => {
  const step = await asked("10500", ["old-secret"]);
  expect((await doorOf(LINE, step, SECRETS))?.room.conference).toBe("room-10500");
  const [mark = ""] = step.room.split(".");
  expect((await doorOf(LINE, stepTo(mark), SECRETS))?.room.conference).toBe("room-10500");
});

it("says nothing of the code", async () => {
  const { room } = await asked("10999");
  expect(room).toMatch(/^[0-9a-f]{16}\.999$/);
});
