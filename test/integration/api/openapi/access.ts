/** Who may ask: what is answered to strangers, to viewers, and to pages of another origin. */
import { env } from "cloudflare:workers";
import { sessionCookie, SESSION_COOKIE } from "../../../../src/http/api/auth/session-cookie.ts";
import { OPERATIONS, operationOf, type Operation } from "../../../support/openapi.ts";
import { newAddress } from "../../support/address.ts";
import { ORIGIN, send } from "../../support/bridge.ts";
import type { Ask, Exercise } from "../../support/api/exercise.ts";
import { adaIsIn } from "./everywhere.ts";

const VIEWER_TOKEN = "a-viewer-of-the-exercises";
const MOST_WRONG = 10;

const closed = OPERATIONS.filter(({ open }) => !open);
const changing = closed.filter(({ id, method }) => method !== "GET" && id !== "deleteSession");
const secret = ["listRecordings", "getRecording", "getTranscription", "getLineValue"];
const sockets = OPERATIONS.filter(({ responses }) => responses.has(101));

/** Wrong tokens are counted by address. */
const elsewhere = (): Record<string, string> => ({ "cf-connecting-ip": newAddress() });

function each(operations: readonly Operation[], exercise: () => Omit<Exercise, "of">): Exercise[] {
  return operations.map(({ id }) => ({ of: id, ...exercise() }));
}

/** Somebody has guessed too often. */
async function guessed(headers: Record<string, string>): Promise<void> {
  const wrong = { headers: { ...headers, authorization: "Bearer guessed" } };
  for (let n = 0; n < MOST_WRONG; n++) await send(new Request(`${ORIGIN}/api/session`, wrong));
}

function braked(): Omit<Exercise, "of"> {
  const headers = elsewhere();
  return {
    status: 429,
    because: "too many tokens were wrong",
    headers,
    given: async () => await guessed(headers),
  };
}

/** Somebody who logged in, on a page that is not ours. */
async function loggedIn(): Promise<Ask> {
  const cookie = await sessionCookie("operator", env.API_TOKEN ?? "", Date.now());
  return { headers: { cookie: `${SESSION_COOKIE}=${cookie}`, upgrade: "websocket" } };
}

const viewer = { token: VIEWER_TOKEN, settings: { VIEWER_TOKEN } };
const session = operationOf("createSession");

export const ACCESS: Exercise[] = [
  ...each(closed, () => ({ status: 401, because: "there is no token", token: null })),
  ...each(closed, () => ({
    status: 401,
    because: "the token is wrong",
    token: "wrong",
    headers: elsewhere(),
  })),
  ...each([...closed, session], braked),
  ...each([...closed, session], () => ({
    status: 503,
    because: "no token is set",
    settings: { API_TOKEN: "" },
  })),
  ...each(changing, () => ({ status: 403, because: "a viewer asks", ...viewer })),
  ...each(
    secret.map((id) => operationOf(id)),
    () => ({ status: 403, because: "a viewer asks", ...viewer }),
  ),
  ...each([...sockets, operationOf("deleteSession")], () => ({
    status: 403,
    because: "a page of another origin asks",
    token: null,
    given: loggedIn,
  })),
  { of: "listLines", status: 403, because: "a viewer exports", query: "format=json", ...viewer },
  ...each(
    ["getConference", "listEvents", "getLeg", "getLine", "listConferences", "listProblems"].map(
      (id) => operationOf(id),
    ),
    () => ({ status: 200, because: "a viewer asks", ...viewer, given: adaIsIn }),
  ),
  { of: "getSession", status: 200, because: "a viewer asks", ...viewer },
  { of: "getSession", status: 200, because: "an operator asks" },
  {
    of: "createSession",
    status: 200,
    because: "the token is right",
    body: { token: env.API_TOKEN },
  },
  {
    of: "createSession",
    status: 200,
    because: "the token is a viewer's",
    body: { token: VIEWER_TOKEN },
    settings: { VIEWER_TOKEN },
  },
  { of: "createSession", status: 401, because: "the token is wrong", headers: elsewhere() },
  {
    of: "createSession",
    status: 403,
    because: "a page of another origin asks",
    headers: { origin: "https://elsewhere.example.com" },
  },
  { of: "deleteSession", status: 204, because: "somebody logs out" },
];
