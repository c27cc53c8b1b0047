import { afterEach, describe, expect, it } from "vitest";
import type { Mischief } from "../../../simulator/chaos/webhook-queue.ts";
import { startApplication } from "../support/application.ts";
import type { Answers, Application } from "../support/application.ts";

const CALL = { caller: "447700900001", line: "14155550100" };
const ROOM = { action: "conversation", name: "standup" };

let application: Application | null = null;
afterEach(() => application?.close());

async function startCarrier(answers: Answers, mischief?: Mischief): Promise<Application> {
  application = await startApplication(answers, mischief === undefined ? {} : { mischief });
  return application;
}

describe("a call", () => {
  it("sends the recorded events, and is in the conversation until it is over", async () => {
    const answers = { "/webhooks/answer": { status: 200, body: [ROOM] } };
    const { carrier, received, eventNames } = await startCarrier(answers);
    const leg = carrier.dial({ ...CALL, hangUpAfterMs: null });
    await expect.poll(() => carrier.truth.present("standup")).toEqual(new Set([leg.id]));
    await expect.poll(() => carrier.isSettled("standup")).toBe(true);
    leg.hangUp("user");
    await carrier.finished();

    expect(carrier.truth.present("standup").size).toBe(0);
    expect(new Set(eventNames())).toEqual(
      new Set(["started", "ringing", "answered", "transfer", "completed"]),
    );
    const events = received.map(({ body }) => body);
    const transfer = events.find((event) => event.includes("transfer"));
    expect(Object.keys(JSON.parse(transfer ?? "{}") as object)).toEqual([
      "conversation_uuid_from",
      "type",
      "uuid",
      "conversation_uuid_to",
      "timestamp",
    ]);
    expect(events.find((event) => event.includes("completed"))).toContain(
      '"disconnected_by":"user"',
    );
  });

  it("that ends during the greeting never was in the conversation", async () => {
    const greeting = { action: "talk", text: "Hello. ".repeat(100) };
    const answers = { "/webhooks/answer": { status: 200, body: [greeting, ROOM] } };
    const { carrier, eventNames } = await startCarrier(answers);
    carrier.dial({ ...CALL, hangUpAfterMs: 5000 });
    await carrier.finished();

    expect(eventNames()).toContain("completed");
    expect(eventNames()).not.toContain("transfer");
  });

  it("goes to the fallback where the answer fails", async () => {
    const { carrier, eventNames } = await startCarrier({
      "/webhooks/answer": { status: 500, body: null },
      "/webhooks/fallback": { status: 200, body: [{ action: "talk", text: "Sorry." }] },
    });
    carrier.dial({ ...CALL, hangUpAfterMs: null });
    await carrier.finished();

    expect(carrier.problems[0]).toContain("HTTP 500");
    expect(eventNames()).toContain("answered");
  });

  it("reports a wrong NCCO by an error event, and ends without an answer", async () => {
    const wrong = { status: 200, body: [{ action: "conversation" }] };
    const { carrier, eventNames } = await startCarrier({
      "/webhooks/answer": wrong,
      "/webhooks/fallback": wrong,
    });
    carrier.dial({ ...CALL, hangUpAfterMs: null });
    await carrier.finished();

    expect(carrier.problems[0]).toContain("name is required");
    expect(eventNames()).toContain("Syntax error in NCCO. Invalid value type or action.");
    expect(eventNames()).not.toContain("answered");
  });

  it("of a moderator who closes the room on leaving takes everybody along", async () => {
    const answers = { "/webhooks/answer": { status: 200, body: [{ ...ROOM, endOnExit: true }] } };
    const { carrier } = await startCarrier(answers);
    const moderator = carrier.dial({ ...CALL, hangUpAfterMs: null });
    const guest = carrier.dial({ ...CALL, hangUpAfterMs: null });
    await expect.poll(() => carrier.truth.present("standup").size).toBe(2);
    moderator.hangUp("user");
    await carrier.finished();

    expect(guest.endedBy).toBe("platform");
  });
});

/** Loses `started`, sends `ringing` three times, and holds `answered` back until after the call. */
const MISCHIEF: Mischief = ({ name }) => {
  if (name === "started") return [];
  if (name === "ringing") return [0, 100, 200].map((afterMs) => ({ afterMs }));
  return [{ afterMs: name === "answered" ? 60_000 : 0 }];
};

describe("mischief", () => {
  it("sends copies late and often, as told, and loses what has none", async () => {
    const answers = { "/webhooks/answer": { status: 200, body: [ROOM] } };
    const { carrier, eventNames } = await startCarrier(answers, MISCHIEF);
    const leg = carrier.dial({ ...CALL, hangUpAfterMs: null });
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    expect(carrier.isSettled("standup")).toBe(false);
    leg.hangUp("user");
    await carrier.finished();

    const names = eventNames();
    expect(names).not.toContain("started");
    expect(names.filter((name) => name === "ringing")).toHaveLength(3);
    expect(names.at(-1)).toBe("answered");
  });
});
