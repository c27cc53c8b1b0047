/** What the API answers is text that any parser reads, wherever the text of others was cut or masked in it. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, event, send, signedPost } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";
import { TOKENS } from "../support/api/session.ts";

const LINE = "14155550186";
const HALF = "\ud83d";
/** A whole character at every place at which something is cut, and half a one. */
const WORDS = ["", "x", "xx"].map((start) => `${start}${"😀".repeat(600)}${HALF}`);
const one = call({ line: LINE, caller: `Zoë😀${HALF}` });
const LEG = one.identity.id;

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: "whole", greeting: `Hi 😀${HALF}` }));
  await env.LINES.put(`${LINE}7`, JSON.stringify({ conference: "whole", [`😀${HALF}`]: HALF }));
  await play(one, ["answer", "answered", "transfer"]);
  for (const words of WORDS) {
    await event({ uuid: LEG, reason: words, [HALF]: words, timestamp: "2020-07-01T20:45:36.013Z" });
    await event({ uuid: LEG, type: `weather ${words}`, body: { channel: { from: words } } });
    await event({ reason: words });
    await send(signedPost("/webhooks/answer", { ...one.answer, uuid: `${LEG}-2`, to: words }));
    await send(
      signedPost("/webhooks/answer", { ...one.answer, to: `a${words.slice(0, 60)}${HALF}` }),
    );
  }
});

const PATHS = [
  "/conferences/whole?gone=true",
  "/conferences/whole/events?limit=1000",
  `/legs/${LEG}`,
  `/lines/${LINE}`,
  `/lines/${LINE}7`,
  "/lines",
  "/problems",
  "/conferences",
];

describe.each(["operator", "viewer"] as const)("what the %s reads", (role) => {
  it.each(PATHS)("of %s has no half of a character", async (path) => {
    const { status, body } = await api<unknown>(path, TOKENS[role]);
    expect(status).toBe(200);
    expect(textsIn(body).filter((text) => !text.isWellFormed())).toEqual([]);
  });
});

it("is no empty answer", async () => {
  expect(JSON.stringify((await api("/problems")).body)).toContain("😀");
  expect(JSON.stringify((await api("/conferences/whole/events")).body)).toContain("\ufffd");
});

/** All texts and keys in a JSON value, those in a text that is JSON itself too. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return value.startsWith("{") ? [value, ...textsIn(JSON.parse(value))] : [value];
  }
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}
