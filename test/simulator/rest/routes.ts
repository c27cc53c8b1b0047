/** Which request is which operation (Vonage Voice API 1.10.0). Reads the body or the query of the one that it is. */
import { accept, refuse } from "./requests/command.ts";
import type { CommandResult } from "./requests/command.ts";
import { readCreateCall } from "./requests/create-call.ts";
import { readDtmf, readStream, readTalk } from "./requests/leg-audio.ts";
import { readListCalls } from "./requests/list-calls.ts";
import type { RateClass } from "./rate-limit.ts";
import { errorReply } from "./reply.ts";
import { readUpdateCall } from "./requests/update-call.ts";

/** A request, without anything of the connection that it came by. */
export interface RestRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

interface RouteInput {
  /** What the path names: a leg, or a file. */
  readonly id: string;
  readonly search: URLSearchParams;
  readonly body: string;
  /** The application's numbers. */
  readonly numbers: readonly string[];
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly read: (input: RouteInput) => CommandResult;
}

const CALLS = /^\/v1\/calls\/?$/;
const CALL = /^\/v1\/calls\/([^/]+)$/;
const TALK = /^\/v1\/calls\/([^/]+)\/talk$/;
const STREAM = /^\/v1\/calls\/([^/]+)\/stream$/;
const DTMF = /^\/v1\/calls\/([^/]+)\/dtmf$/;
const DTMF_LISTENER = /^\/v1\/calls\/([^/]+)\/input\/dtmf$/;
const FILE = /^\/v1\/files\/([^/]+)$/;

/** Documented, and not played here: no leg of this carrier listens for digits asynchronously. */
const notPlayed = (): CommandResult => refuse(errorReply(501));

const ROUTES: readonly Route[] = [
  { method: "GET", path: CALLS, read: ({ search }) => readListCalls(search) },
  { method: "POST", path: CALLS, read: ({ body, numbers }) => readCreateCall(body, numbers) },
  { method: "GET", path: CALL, read: ({ id }) => accept({ kind: "get", uuid: id }) },
  { method: "PUT", path: CALL, read: ({ id, body }) => readUpdateCall(id, body) },
  { method: "PUT", path: TALK, read: ({ id, body }) => readTalk(id, body) },
  { method: "DELETE", path: TALK, read: ({ id }) => accept({ kind: "stopTalk", uuid: id }) },
  { method: "PUT", path: STREAM, read: ({ id, body }) => readStream(id, body) },
  { method: "DELETE", path: STREAM, read: ({ id }) => accept({ kind: "stopStream", uuid: id }) },
  { method: "PUT", path: DTMF, read: ({ id, body }) => readDtmf(id, body) },
  { method: "PUT", path: DTMF_LISTENER, read: notPlayed },
  { method: "DELETE", path: DTMF_LISTENER, read: notPlayed },
  { method: "GET", path: FILE, read: ({ id }) => accept({ kind: "file", id }) },
];

/** Reads a request. */
export function readCommand(request: RestRequest, numbers: readonly string[]): CommandResult {
  const { pathname, searchParams: search } = parseTarget(request.target);
  const onPath = ROUTES.filter(({ path }) => path.test(pathname));
  const route = onPath.find(({ method }) => method === request.method);
  if (route === undefined) return refuse(errorReply(onPath.length === 0 ? 404 : 405));
  if (request.body !== "" && !/^application\/json\s*(;|$)/i.test(request.contentType ?? "")) {
    return refuse(errorReply(415));
  }
  const id = route.path.exec(pathname)?.[1] ?? "";
  return route.read({ id, search, body: request.body, numbers });
}

/** Which limit a request counts towards. */
export function rateClass(request: RestRequest): RateClass {
  const { pathname } = parseTarget(request.target);
  return request.method === "POST" && CALLS.test(pathname) ? "newCall" : "other";
}

/** A target that is no path has no route. */
function parseTarget(target: string): URL {
  return URL.parse(`http://carrier${target}`) ?? new URL("http://carrier");
}
