/** The carrier's report of an error, which may come to the answer URL as well as to the event URL. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { journal, send, signedGet, signedPost, type Payload } from "../support/bridge.ts";
import { call } from "../support/call.ts";
import { problem, problemsOf } from "../support/api/problems.ts";
import { dial, pathOf, promptOf } from "../support/prompt.ts";
import { CALLER, exchange } from "../support/tokens.ts";

const DEFAULT_LINE = "*";
const CONFERENCE = "error-reports";
const CODED = "14155550196";

beforeAll(async () => {
  await env.LINES.put(CODED, JSON.stringify({ rooms: { 12: CONFERENCE } }));
});

const report = (reason: string): Payload => ({
  reason,
  conversation_uuid: "CON-8f8a0f5e-0000-4000-8000-0123456789ab",
  timestamp: "2020-07-01T20:45:36.013Z",
});

describe.each([
  ["GET", signedGet],
  ["POST", signedPost],
] as const)("by %s", (method, request) => {
  it.each(["answer", "answer/", "fallback"])(
    "is an error of the carrier's and no call to an unknown number: %s",
    async (route) => {
      const reason = `Syntax error in NCCO, by ${method} to ${route}.`;
      const { status, body, logs } = await exchange(request(`/webhooks/${route}`, report(reason)));
      expect([status, JSON.parse(body)]).toEqual([200, apologyNcco()]);
      expect(logs.map((line) => JSON.parse(line) as unknown)).toEqual([
        expect.objectContaining({ kind: "error", outcome: "apology", reason }),
      ]);
      expect((await problem("carrier-error", `“${reason}”`)).count).toBe(1);
      expect(await problemsOf("unknown-number")).toEqual([]);
    },
  );
});

it("lets nobody into the default line's room, and says no number", async () => {
  await env.LINES.put(DEFAULT_LINE, CONFERENCE);
  const { body } = await exchange(
    signedPost("/webhooks/answer", report(`Cannot route to ${CALLER}.`)),
  );
  await env.LINES.delete(DEFAULT_LINE);
  expect(JSON.parse(body)).toEqual(apologyNcco());
  expect(await journal(CONFERENCE)).toEqual([]);
  expect((await problem("carrier-error", "“Cannot route to ***23.”")).detail).not.toContain(CALLER);
});

it("is known at a prompt's URL too", async () => {
  const url = promptOf(await dial(call({ line: CODED })));
  const response = await send(signedPost(pathOf(url), report("Timeout at a prompt.")));
  expect(await response.json()).toEqual(apologyNcco());
  expect(await problem("carrier-error", "“Timeout at a prompt.”")).toMatchObject({ count: 1 });
});
