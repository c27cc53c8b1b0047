/** Requests to the API. A failure is a value with the words of the API, never an exception. */
import { fail, ok, type Result } from "../../lib/result.ts";

/** Why a request failed, as the API says it (RFC 9457). */
export interface Problem {
  /** The HTTP status; 0 where there was no answer. */
  status: number;
  detail: string;
  /** Each error, where there can be several. */
  errors: readonly string[];
}

export type Answer<T> = Result<T, Problem>;

export interface Body {
  content: string;
  type: string;
}

export interface AskOptions {
  body?: Body;
  /** A repetition with the same key is done once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

const NO_ANSWER: Problem = {
  status: 0,
  detail: "The Worker does not answer. Is there a connection to the internet?",
  errors: [],
};

/** Called with every 401: the session is over. */
let onLoggedOut: () => void = () => undefined;

export function whenLoggedOut(then: () => void): void {
  onLoggedOut = then;
}

/** `path`: the part after `/api`, beginning with a slash. The value is the answer's JSON, or its text. */
export async function ask<T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  { body, idempotencyKey, signal }: AskOptions = {},
): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && { "content-type": body.type }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      },
      ...(body !== undefined && { body: body.content }),
      ...(signal !== undefined && { signal }),
    });
    const isLogin = method === "POST" && path === "/session";
    if (response.status === 401 && !isLogin) onLoggedOut();
    const content = await contentOf(response);
    return response.ok ? ok(content as T) : fail(problemOf(response.status, content));
  } catch {
    return fail(NO_ANSWER);
  }
}

export function get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  return ask("GET", path, signal === undefined ? {} : { signal });
}

/** The keys of commands whose result is unknown, by their content. A repetition reuses the key. */
const unknown = new Map<string, string>();

/** Sends a command, idempotently: repeated by the browser, or by a user who got no answer, it is still done once. */
export async function order<T>(path: string, body: object = {}): Promise<Answer<T>> {
  const content = json(body);
  const same = `${path} ${content.content}`;
  const idempotencyKey = unknown.get(same) ?? crypto.randomUUID();
  unknown.set(same, idempotencyKey);
  const answer = await ask<T>("POST", path, { body: content, idempotencyKey });
  const isKnown = answer.ok || (answer.error.status > 0 && answer.error.status < 500);
  if (isKnown) unknown.delete(same);
  return answer;
}

export function json(value: unknown): Body {
  return { content: JSON.stringify(value), type: "application/json" };
}

/** Downloads a file. A browser does not show why a download fails, so the request is tried first. Null on success. */
export async function save(path: string): Promise<Problem | null> {
  const enough = new AbortController();
  try {
    const response = await fetch(`/api${path}`, { signal: enough.signal });
    if (response.status === 401) onLoggedOut();
    if (!response.ok) return problemOf(response.status, await contentOf(response));
    enough.abort();
  } catch {
    return NO_ANSWER;
  }
  const link = document.createElement("a");
  link.href = `/api${path}`;
  link.download = "";
  link.click();
  return null;
}

/** The path of a conference in the API. */
export function conferencePath(name: string): string {
  return `/conferences/${encodeURIComponent(name)}`;
}

async function contentOf(response: Response): Promise<unknown> {
  const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
  const text = await response.text();
  return isJson && text !== "" ? (JSON.parse(text) as unknown) : text;
}

function problemOf(status: number, content: unknown): Problem {
  const { detail, errors } = (typeof content === "object" && content !== null ? content : {}) as {
    detail?: string;
    errors?: string[];
  };
  const words = detail ?? `The Worker answered with status ${status}.`;
  return { status, detail: words, errors: errors ?? [] };
}
