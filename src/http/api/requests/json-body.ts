/** What an operator sends: one JSON object, of which every mistake is named at once. */
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import { cut } from "../../../lib/cut.ts";
import { fail, ok, type Result } from "../../../lib/result.ts";
import { parseBody, type Payload } from "../../../vonage/payload.ts";
import { problem } from "../../problem.ts";

/** Fifty numbers, or the longest announcement, are a tenth of it. */
export const MAX_BODY_BYTES = 65_536;

/** For a request that has nothing to say beyond its path. */
export const NO_OPTIONS = {};

export function atMost(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (c) => problem(c, 413, `A body may have at most ${maxSize / 1024} KiB.`),
  });
}

/** The body as `entries` have it; an empty one is an object without keys. Errors: the answer to give. */
export async function readBody<Entries extends v.ObjectEntries>(
  c: Context,
  entries: Entries,
): Promise<Result<v.InferOutput<v.ObjectSchema<Entries, undefined>>, Response>> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const type = c.req.header("content-type") ?? "";
  if (bytes.length > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    return fail(problem(c, 415, "Send JSON: Content-Type: application/json"));
  }
  const body = bytes.length > 0 ? parseBody(bytes) : ok({});
  if (!body.ok) return fail(problem(c, 400, `The body is ${body.error}. Send a JSON object.`));
  const read = v.safeParse(v.object(entries), body.value);
  const problems = [...(read.issues ?? []).map(problemOf), ...unknownKeys(body.value, entries)];
  return read.success && problems.length === 0
    ? ok(read.output)
    : fail(problem(c, 400, `The body is not right: ${problems.join("; ")}.`, problems));
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const [key, item] = (issue.path ?? []).map((step) => step.key);
  if (typeof item === "number") return `${String(key)}, entry ${item + 1}: ${issue.message}`;
  return `${String(key)}: ${issue.input === undefined ? "is missing" : issue.message}`;
}

/** A misspelt key must not pass for an option that was never asked for. */
function unknownKeys(body: Payload, entries: v.ObjectEntries): string[] {
  const known = Object.keys(entries);
  const can = known.length === 0 ? "nothing can be set here" : `known are ${known.join(", ")}`;
  return Object.keys(body)
    .filter((key) => !Object.hasOwn(entries, key))
    .map((key) => `${cut(key, 50)}: is not a key; ${can}`);
}
