import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, event, journal, sendWith, signedPost } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";

/** Sends an answer webhook and waits for what goes on behind the reply. */
async function answerAndSettle(payload: Readonly<Record<string, unknown>>): Promise<void> {
  const { settled } = await sendWith({}, signedPost("/webhooks/answer", payload));
  await settled();
}

describe("GET /api/legs/:leg", () => {
  it("does not know a leg that never called", async () => {
    expect(await api("/legs/nobody")).toMatchObject({
      status: 404,
      body: { title: "Not Found", status: 404 },
    });
  });

  it("tells where and when a caller was sent, and how they are there", async () => {
    await env.LINES.put("14155550174", "whereabouts");
    const one = call({ line: "14155550174" });
    const before = Date.now();
    await play(one, ["answer", "answered", "answered", "transfer"]);
    const { status, body } = await api<{ at: string }>(`/legs/${one.identity.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      leg: one.identity.id,
      outcome: "conference",
      conference: "whereabouts",
      reason: null,
      guessed: false,
      held: 0,
      duplicates: 1,
      participant: { leg: one.identity.id, phase: "in", joinConfirmed: true },
    });
    expect(Date.parse(body.at)).toBeGreaterThanOrEqual(before);
  });

  it.each([
    ["an unknown number", null, "unknown-number"],
    ["a misconfigured line", '{"conference":"a b"}', "misconfigured-line"],
  ])("tells why a caller of %s was not put through", async (_, value, reason) => {
    const line = `1415555017${value === null ? 5 : 6}`;
    if (value !== null) await env.LINES.put(line, value);
    const one = call({ line });
    await answerAndSettle(one.answer);
    await play(one, ["started", "answered", "completed"]);
    expect(await api(`/legs/${one.identity.id}`)).toMatchObject({
      status: 200,
      body: { outcome: "none", conference: null, reason, participant: null },
    });
  });

  it("tells of a leg whose answer webhook has not come yet", async () => {
    const one = call({ line: "14155550177" });
    await event(one.started);
    expect(await api(`/legs/${one.identity.id}`)).toMatchObject({
      status: 200,
      body: { outcome: "pending", conference: null, reason: null, held: 1, participant: null },
    });
  });

  it("keeps where a caller was sent when the line moves", async () => {
    await env.LINES.put("14155550178", "before-the-move");
    const one = call({ line: "14155550178" });
    await answer(one);
    await env.LINES.put("14155550178", "after-the-move");
    expect(await answer(one)).toContainEqual({ action: "conversation", name: "before-the-move" });
    expect(await api(`/legs/${one.identity.id}`)).toMatchObject({
      body: { conference: "before-the-move" },
    });
    expect(await journal("after-the-move")).toEqual([]);
  });
});
