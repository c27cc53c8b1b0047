/** Who may give orders, and what it takes. */
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { ORIGIN, send } from "../support/bridge.ts";
import { ask } from "../support/api/ask.ts";
import { request } from "../support/api/operator.ts";

const ROOM = "/conferences/standup";
const ACTIONS = ["mute", "unmute", "earmuff", "unearmuff", "hangup"];
const ORDERS = [
  ...ACTIONS.map((action) => `${ROOM}/participants/ada/${action}`),
  ...ACTIONS.map((action) => `${ROOM}/guests/${action}`),
  ...["announce", "play", "end", "reconcile", "participants"].map((order) => `${ROOM}/${order}`),
];
const FILES = [`${ROOM}/recordings/one`, `${ROOM}/recordings/one/transcription`];
const NEEDING_CARRIER = [
  ...ORDERS.map((path) => ["POST", path] as const),
  ...FILES.map((path) => ["GET", path] as const),
];
const ALL = [
  ...NEEDING_CARRIER,
  ["POST", `${ROOM}/lock`],
  ["POST", `${ROOM}/unlock`],
  ["GET", `${ROOM}/recordings`],
  ["GET", "/outbox/one"],
] as const;

describe.each(ALL)("%s %s", (method, path) => {
  it("is for the operator alone", async () => {
    const nobody = new Request(`${ORIGIN}/api${path}`, { method });
    expect((await send(nobody)).status).toBe(401);
    const stranger = request(method, path, undefined, { authorization: "Bearer guessed" });
    expect((await send(stranger)).status).toBe(401);
  });
});

describe.each(NEEDING_CARRIER)("%s %s", (method, path) => {
  const key = "-----BEGIN PRIVATE KEY-----";

  it.each([
    ["nothing", {}, "Not set: VONAGE_APPLICATION_ID, VONAGE_PRIVATE_KEY."],
    ["the application alone", { VONAGE_APPLICATION_ID: "an-id" }, "Not set: VONAGE_PRIVATE_KEY."],
    ["the key alone", { VONAGE_PRIVATE_KEY: key }, "Not set: VONAGE_APPLICATION_ID."],
  ])("with %s set names what is missing, and asks nobody", async (_, settings, words) => {
    const asked = vi.spyOn(globalThis, "fetch");
    const { status, type, text } = await ask(request(method, path), settings);
    expect([status, type]).toEqual([501, "application/problem+json"]);
    expect(JSON.parse(text)).toMatchObject({
      title: "Not Implemented",
      detail: expect.stringContaining(words),
    });
    expect(text).toContain("VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY");
    expect(text).not.toContain(key);
    expect(asked).not.toHaveBeenCalled();
  });
});

it("there are no such orders by GET", async () => {
  for (const path of [...ORDERS, `${ROOM}/lock`]) {
    const response = await send(request("GET", path));
    expect(response.status).toBe(404);
  }
  expect((await env.CONFERENCE.getByName("standup").view(0))?.locked).toBe(false);
});
