/**
 * Parses what a webhook carries into one object: the JSON body of a POST, or the query of a GET. In a query the carrier writes
 * nested objects as JSON text (as recorded payloads of its PHP SDK show). A form is such a query as a body. Pure.
 */
import { parsedJson } from "../lib/cut.ts";
import { fail, ok, type Result } from "../lib/result.ts";

export type Payload = Record<string, unknown>;
export type PayloadError = "not UTF-8" | "not JSON" | "not a JSON object" | "nested too deeply";

/** Real webhooks nest four levels. The bound makes every later recursion over a payload safe. */
const MAX_DEPTH = 32;

/** `isForm`: whether the content type is `application/x-www-form-urlencoded`. A body that begins like JSON is read as JSON anyway. */
export function parseBody(bytes: Uint8Array, isForm = false): Result<Payload, PayloadError> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return fail("not UTF-8");
  }
  if (isForm && !/^\s*[{[]/.test(text)) return parseQuery(new URLSearchParams(text));
  let value: unknown;
  try {
    value = parsedJson(text);
  } catch {
    return fail("not JSON");
  }
  return checked(value);
}

export function parseQuery(query: URLSearchParams): Result<Payload, PayloadError> {
  return checked(Object.fromEntries(Array.from(query, ([name, value]) => [name, nested(value)])));
}

function nested(value: string): unknown {
  if (!/^\s*[{[]/.test(value)) return value;
  try {
    return parsedJson(value);
  } catch {
    return value;
  }
}

function checked(value: unknown): Result<Payload, PayloadError> {
  if (!isObject(value)) return fail("not a JSON object");
  return deeperThan(value, MAX_DEPTH) ? fail("nested too deeply") : ok(value);
}

export function isObject(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function deeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => deeperThan(inner, depth - 1));
}

/**
 * Blanks the digits that a caller entered, because they may be a PIN: in `input` events, today's and those of before 2020, and in
 * RTC events.
 */
export function withoutDigits(payload: Payload): Payload {
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, clean(key, value)]),
  );
}

function clean(key: string, value: unknown): unknown {
  if (typeof value === "string" && /^\s*[{[]/.test(value)) {
    const inner = nested(value);
    // No real webhook nests so deeply. It cannot be searched for digits safely, so it is dropped.
    if (inner !== value) return deeperThan(inner, MAX_DEPTH) ? "" : clean(key, inner);
  }
  if (typeof value === "string" || typeof value === "number") {
    return /^(dtmf|digits?)$/.test(key) ? "" : value;
  }
  // The items of a list are judged by the key of the list.
  if (Array.isArray(value)) return value.map((item) => clean(key, item));
  return isObject(value) ? withoutDigits(value) : value;
}
