/** From commands to what the carrier made of them: through the outbox, and with an answer in a time that people wait. */
import { outboxStub } from "../../outbox/client.ts";
import type { Context } from "hono";
import { fail, ok, type Result } from "../../lib/result.ts";
import { hex, sha256 } from "../../lib/crypto.ts";
import type { Command } from "../../outbox/job.ts";
import type { BatchView } from "../../contract/batch-view.ts";
import { isObject } from "../../vonage/payload.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { problem } from "../problem.ts";

/** Who waits for longer wants to be told where it stands. */
const WAIT_MS = 8_000;

/** Hands commands to the outbox and waits for them. `body`: what was asked. Errors: the answer to give. */
export async function runCommands(
  c: ApiContext,
  commands: Command[],
  body: object,
): Promise<Result<BatchView, Response>> {
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
    return fail(problem(c, 422, detail));
  }
  const view = await outbox.wait(submitted.batch, WAIT_MS);
  if (view === null) throw new Error("a batch that was just submitted is unknown");
  return ok(view);
}

/** A batch as it stands; while something of it is pending, with where to look again. */
export function batchReply(c: Context, view: BatchView): Response {
  if (view.pending === 0) return c.json(view);
  return c.json(view, 202, { location: `/api/outbox/${view.batch}` });
}

/** Whether an order with this request's key came before, so that what goes before the commands must not be done again. */
export async function isRepetition(c: ApiContext): Promise<boolean> {
  const key = idempotencyKey(c);
  return key !== null && (await outboxStub(c.env).isTaken(c.var.conference, key));
}

/** Null where a repetition is to be done again. */
export function idempotencyKey(c: Context): string | null {
  return c.req.header("idempotency-key") || null;
}

/** What is the same for the same request, however its JSON is written. */
async function fingerprint(c: Context, body: object): Promise<string> {
  const text = JSON.stringify([c.req.method, c.req.path, inOrder(body)]);
  return hex(await sha256(new TextEncoder().encode(text)));
}

function inOrder(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
