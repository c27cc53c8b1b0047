/** JSON bodies: one object, checked against a schema. The reply to a wrong one names every mistake. */
import type { Context } from "hono";
import * as v from "valibot";
import { cut } from "../../../lib/cut.ts";
import { ok } from "../../../lib/result.ts";
import { parseBody, type Payload } from "../../../vonage/payload.ts";
import { problem } from "../../problem.ts";

/** Ten times what fifty numbers, or the longest announcement, need. */
export const MAX_BODY_BYTES = 65_536;

/** The body as parsed by `entries`, an empty one as an object without keys; a Response where it is wrong. */
export async function readBody<Entries extends v.ObjectEntries>(
  c: Context,
  entries: Entries,
): Promise<v.InferOutput<v.ObjectSchema<Entries, undefined>> | Response> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const type = c.req.header("content-type") ?? "";
  if (bytes.length > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    return problem(c, 415, "Send JSON: Content-Type: application/json");
  }
  const body = bytes.length > 0 ? parseBody(bytes) : ok({});
  if (!body.ok) return problem(c, 400, `The body is ${body.error}. Send a JSON object.`);
  const read = v.safeParse(v.object(entries), body.value);
  const problems = [...(read.issues ?? []).map(problemOf), ...unknownKeys(body.value, entries)];
  return read.success && problems.length === 0
    ? read.output
    : problem(c, 400, `The body is not right: ${problems.join("; ")}.`, problems);
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const [key, item] = (issue.path ?? []).map((step) => step.key);
  if (typeof item === "number") return `${String(key)}, entry ${item + 1}: ${issue.message}`;
  return `${String(key)}: ${issue.input === undefined ? "is missing" : issue.message}`;
}

/** A misspelt key is a mistake, and not an option that is silently left out. */
function unknownKeys(body: Payload, entries: v.ObjectEntries): string[] {
  const known = Object.keys(entries);
  const can = known.length === 0 ? "nothing can be set here" : `known are ${known.join(", ")}`;
  return Object.keys(body)
    .filter((key) => !Object.hasOwn(entries, key))
    .map((key) => `${cut(key, 50)}: is not a key; ${can}`);
}
