/** What is asked of the operations on lines. */
import { env } from "cloudflare:workers";
import type { Exercise } from "../support/exercise.ts";

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
    startOnEnter: true,
    endOnExit: true,
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

export const LINES: Exercise[] = [
  { of: "getLine", status: 200, because: "there is none" },
  ...Object.entries(VALUES).map(([because, value]): Exercise => ({
    of: "getLine",
    status: 200,
    because: `it has ${because}`,
    given: async () => {
      await env.LINES.put(LINE, typeof value === "string" ? value : JSON.stringify(value));
    },
  })),
];
