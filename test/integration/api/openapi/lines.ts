/** What is asked of the operations on lines. */
import { env } from "cloudflare:workers";
import type { Exercise } from "../../support/api/exercise.ts";

const LINE = "14155550100";

/** What a line can lead to, in every kind that is shown differently. */
const VALUES: Readonly<Record<string, unknown>> = {
  "a plain name": "standup",
  "every option": {
    conference: "board",
    pin: "480215",
    moderatorPin: "73190",
    greeting: "Welcome.",
    language: "en-GB",
    style: 1,
    premium: true,
    record: true,
    mute: true,
    waitForModerator: true,
    endWithModerator: true,
    maxParticipants: 30,
    announceCount: true,
    strict: true,
    musicOnHoldUrl: ["https://cdn.example.com/hold.mp3"],
    prompts: { full: "No room." },
    allow: ["+44", "49 30"],
    deny: ["44 7700"],
    hours: { timeZone: "Europe/Berlin", open: { "mon-thu": "08:00-18:00", sat: ["09:00-12:00"] } },
  },
  "the carrier's own options": {
    conference: "town-hall",
    startOnEnter: false,
    record: true,
    musicOnHoldUrl: "https://cdn.example.com/hold.mp3",
  },
  "many rooms": {
    announceCount: true,
    rooms: { "2001": "standup", "0042": { conference: "board", pin: "480215" } },
  },
  "what is misconfigured": { conference: "a b", pin: 4 },
  "what cannot be read": "{",
};

const TEXT = { type: "text/plain" };

async function isThere(value: unknown): Promise<void> {
  await env.LINES.put(LINE, typeof value === "string" ? value : JSON.stringify(value));
}

const aNameIsThere = async (): Promise<void> => await isThere("standup");

/** Every kind of line, and more than one page of them. */
async function areThere(): Promise<void> {
  for (const [index, value] of Object.values(VALUES).entries()) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    await env.LINES.put(`1415555010${index}`, text);
  }
}

const WRITES: Exercise[] = [
  { of: "putLine", status: 200, because: "it is a name", ...TEXT, body: "standup" },
  ...Object.entries(VALUES)
    .filter(([, value]) => typeof value !== "string")
    .map(([because, body]): Exercise => {
      const status = because === "what is misconfigured" ? 422 : 200;
      return { of: "putLine", status, because: `it has ${because}`, body, query: "dryRun=true" };
    }),
  { of: "putLine", status: 422, because: "it is no JSON", ...TEXT, body: "{" },
  { of: "putLine", status: 422, because: "the number is none", path: { number: "%20" } },
  {
    of: "putLine",
    status: 400,
    because: "it is not UTF-8",
    ...TEXT,
    body: new Uint8Array([0xff]),
  },
  {
    of: "putLine",
    status: 503,
    because: "KV fails",
    settings: { LINES: { put: async () => await Promise.reject(new Error("unwell")) } },
  },
  { of: "deleteLine", status: 200, because: "there is one", given: aNameIsThere },
  { of: "deleteLine", status: 404, because: "there is none" },
  { of: "getLineValue", status: 200, because: "there is one", given: aNameIsThere },
  { of: "getLineValue", status: 404, because: "there is none" },
];

const FILES: Exercise[] = [
  ...["format=json", "format=csv"].flatMap((query): Exercise[] => [
    { of: "listLines", status: 200, because: `there are none: ${query}`, query },
    { of: "listLines", status: 200, because: `there are some: ${query}`, query, given: areThere },
  ]),
  { of: "listLines", status: 400, because: "there is no such format", query: "format=xml" },
  { of: "importLines", status: 200, because: "the JSON is right" },
  { of: "importLines", status: 200, because: "it is a dry run", query: "dryRun=true" },
  { of: "importLines", status: 400, because: "it might be a dry run", query: "dryRun=1" },
  {
    of: "importLines",
    status: 200,
    because: "the CSV is right",
    type: "text/csv",
    body: "number,value\n14155550100,standup\n",
  },
  {
    of: "importLines",
    status: 422,
    because: "a line is not right",
    body: { lines: [{ number: LINE, value: "a b" }] },
  },
  { of: "importLines", status: 422, because: "it is no JSON", body: "{" },
];

export const LINES: Exercise[] = [
  ...WRITES,
  ...FILES,
  { of: "listLines", status: 200, because: "there are none" },
  { of: "listLines", status: 200, because: "there are some", query: "limit=3", given: areThere },
  {
    of: "listLines",
    status: 200,
    because: "it is a later page",
    query: "after=14155550101",
    given: areThere,
  },
  { of: "listLines", status: 400, because: "the limit is none", query: "limit=101" },
  { of: "getLine", status: 200, because: "there is none" },
  ...Object.entries(VALUES).map(([because, value]): Exercise => ({
    of: "getLine",
    status: 200,
    because: `it has ${because}`,
    given: async () => await isThere(value),
  })),
];
