/** Commands to the carrier: submitted to the outbox as a batch, which the API shows as a resource. */
import type { Context } from "hono";
import { hex, sha256 } from "../../lib/crypto.ts";
import { outboxStub } from "../../outbox/client.ts";
import type { BatchView } from "../../contract/batch-view.ts";
import type { Command } from "../../outbox/job.ts";
import { isObject } from "../../vonage/payload.ts";
import { problem } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";

/** How long a reply waits for the batch. A person who waits longer wants to see the progress. */
const WAIT_MS = 8_000;

/** `GET /outbox/:batch` */
export async function showBatch(c: ApiContext<"/outbox/:batch">): Promise<Response> {
  const view = await outboxStub(c.env).progress(c.req.param("batch"));
  return view === null
    ? problem(c, 404, "No such batch was asked for in the last two days.")
    : c.json(view);
}

/** Submits commands and waits for their batch. `body`: the request's. A Response where nothing was submitted. */
export async function runCommands(
  c: ApiContext,
  commands: Command[],
  body: object,
): Promise<BatchView | Response> {
  const outbox = outboxStub(c.env);
  const submitted = await outbox.submit({
    conference: c.var.conference,
    commands,
    idempotencyKey: idempotencyKey(c),
    fingerprint: await fingerprint(c, body),
  });
  if (!submitted.ok) {
    const detail =
      "This Idempotency-Key was used for another request to this conference. Take a new one.";
    return problem(c, 422, detail);
  }
  const view = await outbox.wait(submitted.batch, WAIT_MS);
  if (view === null) throw new Error("a batch that was just submitted is unknown");
  return view;
}

/** A batch as it is; 202 with its address while some of it is pending. */
export function batchReply(c: Context, view: BatchView): Response {
  if (view.pending === 0) return c.json(view);
  return c.json(view, 202, { location: `/api/outbox/${view.batch}` });
}

/** Whether a request with this idempotency key came before: then only its batch is shown, and nothing is done again. */
export async function isRepetition(c: ApiContext): Promise<boolean> {
  const key = idempotencyKey(c);
  return key !== null && (await outboxStub(c.env).isTaken(c.var.conference, key));
}

/** Null where there is none: then a repetition is a request of its own. */
export function idempotencyKey(c: Context): string | null {
  return c.req.header("idempotency-key") || null;
}

/** The same for requests that mean the same, in whatever order their JSON has its keys. */
async function fingerprint(c: Context, body: object): Promise<string> {
  const text = JSON.stringify([c.req.method, c.req.path, sortedEntries(body)]);
  return hex(await sha256(new TextEncoder().encode(text)));
}

function sortedEntries(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
