/** What is asked of the operations that tell who is where, and of the Worker itself. */
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import description from "../../../../src/contract/openapi.json" with { type: "json" };
import { event } from "../../support/bridge.ts";
import { answer, call, play } from "../../support/call.ts";
import type { Exercise } from "../../support/api/exercise.ts";
import { join } from "../../support/api/operator.ts";
import { adaIsIn } from "./everywhere.ts";

const LINE = "14155550100";

const assets = {
  fetch: async () => new Response(JSON.stringify(description)),
};

const STANDING = {
  since: 0,
  count: 2,
  confirmed: 1,
  arriving: 1,
  moderators: 1,
  started: true,
  split: true,
};

/** The directory hears of a conference that is in two halves, which is a problem too. */
async function isHeardOf(): Promise<void> {
  await env.DIRECTORY.getByName("all").hear("standup", Date.now(), { ...STANDING, locked: false });
}

const LISTS: Exercise[] = [
  { of: "listConferences", status: 200, because: "none is live" },
  { of: "listConferences", status: 200, because: "one is live", given: isHeardOf },
  {
    of: "listConferences",
    status: 200,
    because: "one has ended",
    query: "all=true&limit=1&after=a",
    given: async () => {
      await isHeardOf();
      const ended = { ...STANDING, count: 0, confirmed: 0, arriving: 0, locked: false };
      await env.DIRECTORY.getByName("all").hear("standup", Date.now() + 1, ended);
    },
  },
  { of: "listConferences", status: 400, because: "the limit is none", query: "all=true&limit=0" },
  { of: "listProblems", status: 200, because: "there are none" },
  { of: "listProblems", status: 200, because: "there is one", given: isHeardOf },
  { of: "getHistory", status: 200, because: "nobody ever called" },
  { of: "getHistory", status: 200, because: "somebody is in", query: "minutes=5", given: adaIsIn },
  { of: "getHistory", status: 400, because: "the time is too long", query: "minutes=1441" },
];

const upgrade = { headers: { upgrade: "websocket" } };

async function withTheClockRunning(): Promise<void> {
  vi.useRealTimers();
}

const SOCKETS: Exercise[] = [
  { of: "watchConferences", status: 426, because: "it is asked for as a page" },
  { of: "watchConference", status: 426, because: "it is asked for as a page" },
  {
    of: "watchConferences",
    status: 101,
    because: "a conference comes",
    ...upgrade,
    given: withTheClockRunning,
    meanwhile: isHeardOf,
  },
  {
    of: "watchConference",
    status: 101,
    because: "somebody comes",
    ...upgrade,
    given: withTheClockRunning,
    meanwhile: adaIsIn,
  },
];

export const WATCH: Exercise[] = [
  ...LISTS,
  ...SOCKETS,
  { of: "getConference", status: 200, because: "nobody ever called" },
  { of: "getConference", status: 200, because: "somebody is in", given: adaIsIn },
  {
    of: "getConference",
    status: 200,
    because: "somebody was there",
    query: "gone=true&limit=5",
    given: async () => {
      await env.LINES.put(LINE, "standup");
      await play(await join(LINE, "ada"), ["completed"]);
    },
  },
  {
    of: "getConference",
    status: 200,
    because: "somebody is refused",
    given: async () => {
      await env.LINES.put(LINE, '{ "conference": "standup", "maxParticipants": 1 }');
      await join(LINE, "ada");
      await answer(call({ line: LINE, leg: "ben" }));
    },
  },
  { of: "getConference", status: 400, because: "the limit is none", query: "limit=0" },
  { of: "listEvents", status: 200, because: "somebody is in", query: "limit=2", given: adaIsIn },
  { of: "listEvents", status: 400, because: "the number is none", query: "after=-1" },
  { of: "getLeg", status: 200, because: "the leg is in a conference", given: adaIsIn },
  {
    of: "getLeg",
    status: 200,
    because: "the leg was sent nowhere",
    given: async () => {
      await answer(call({ leg: "lost", line: "14155550199" }));
      return { path: { leg: "lost" } };
    },
  },
  {
    of: "getLeg",
    status: 200,
    because: "the leg's answer webhook has not come",
    given: async () => {
      await event(call({ leg: "early" }).started);
      return { path: { leg: "early" } };
    },
  },
  { of: "getLeg", status: 404, because: "no such leg ever called", path: { leg: "nobody" } },
  { of: "getOpenApi", status: 200, because: "there are assets", settings: { ASSETS: assets } },
  { of: "getOpenApi", status: 503, because: "there are none", settings: { ASSETS: undefined } },
  { of: "getHealth", status: 200, because: "all is set" },
  { of: "getHealth", status: 503, because: "nothing is set", settings: { API_TOKEN: "" } },
];
