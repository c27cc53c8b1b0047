/** What is asked of the operations that tell who is where, and of the Worker itself. */
import { env } from "cloudflare:workers";
import description from "../../../src/dashboard/public/api/openapi.json" with { type: "json" };
import { event } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";
import type { Exercise } from "../support/exercise.ts";
import { join } from "../support/operator.ts";
import { adaIsIn } from "./everywhere.ts";

const LINE = "14155550100";

const assets = {
  fetch: async () => new Response(JSON.stringify(description)),
};

export const WATCH: Exercise[] = [
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
