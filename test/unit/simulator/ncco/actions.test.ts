import { afterEach, describe, expect, it } from "vitest";
import { startApplication } from "../support/application.ts";
import type { Answers, Application } from "../support/application.ts";

const CALL = { caller: "447700900001", line: "14155550100", hangUpAfterMs: null };
const ROOM = { action: "conversation", name: "standup" };
const DONE = { status: 204, body: null };

let application: Application | null = null;
afterEach(() => application?.close());

/** An application that answers every call with these actions. */
async function start(actions: readonly unknown[], answers: Answers = {}): Promise<Application> {
  application = await startApplication({
    "/webhooks/answer": { status: 200, body: actions },
    ...answers,
  });
  return application;
}

/** What was posted to a path, as objects. */
function posted({ received }: Application, path: string): Record<string, unknown>[] {
  return received
    .filter((request) => request.path === path)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

const PIN = {
  action: "input",
  type: ["dtmf"],
  dtmf: { maxDigits: 6, submitOnHash: true, timeOut: 5 },
};

describe("an input", () => {
  it.each([
    ["ends at the hash", "1234#", { digits: "1234", timed_out: false }],
    ["ends when there are enough", "1234567", { digits: "123456", timed_out: false }],
    ["ends when nothing more comes", "12", { digits: "12", timed_out: true }],
    ["ends when nothing comes at all", "", { digits: "", timed_out: true }],
  ])("%s", async (_, entry, dtmf) => {
    const started = await start([PIN]);
    started.carrier.dial({ ...CALL, entries: [entry] });
    await started.carrier.finished();
    const inputs = posted(started, "/webhooks/event").filter((event) => "dtmf" in event);
    expect(inputs).toMatchObject([{ dtmf, speech: { error: "Speech was not enabled" } }]);
  });

  it("posts to its own URL, and the NCCO that comes back replaces the rest", async () => {
    const answers: Answers = { "/pin": { status: 200, body: [ROOM] } };
    application = await startApplication(answers);
    const prompt = { action: "talk", text: "Your code, please.", bargeIn: true };
    answers["/webhooks/answer"] = {
      status: 200,
      body: [
        prompt,
        { ...PIN, eventUrl: [`${application.url}/pin`] },
        { action: "talk", text: "Bye." },
      ],
    };
    const { carrier } = application;
    const leg = carrier.dial({ ...CALL, entries: ["42#"] });
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    leg.hangUp("user");
    await carrier.finished();
    expect(posted(application, "/pin")).toMatchObject([{ uuid: leg.id, dtmf: { digits: "42" } }]);
  });

  it("with a failing URL falls back, and then goes on", async () => {
    const failing = { status: 500, body: null };
    const answers: Answers = { "/pin": failing, "/webhooks/fallback": failing };
    application = await startApplication(answers);
    answers["/webhooks/answer"] = {
      status: 200,
      body: [{ ...PIN, eventUrl: [`${application.url}/pin`] }, ROOM],
    };
    const { carrier, received } = application;
    const leg = carrier.dial(CALL);
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    expect(received.map(({ path }) => path)).toContain("/webhooks/fallback");
    leg.hangUp("user");
    await carrier.finished();
  });

  it("that is asynchronous posts every digit, and does not wait for them", async () => {
    const { action, type } = PIN;
    const started = await start([{ action, type, mode: "asynchronous" }, ROOM]);
    const { carrier } = started;
    const leg = carrier.dial(CALL);
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    leg.keypad.press("17");
    leg.hangUp("user");
    await carrier.finished();
    await expect
      .poll(() => posted(started, "/webhooks/event").filter((event) => "dtmf" in event).length)
      .toBe(2);
  });
});

describe("other actions", () => {
  it("take their time or report, and the call ends when the last of them is over", async () => {
    const started = await start([
      { action: "stream", streamUrl: ["https://example.com/a.mp3"] },
      { action: "wait", timeout: 2 },
      { action: "record" },
      { action: "record", endOnSilence: 3 },
      { action: "talk", text: "Bye." },
    ]);
    started.carrier.dial(CALL);
    await started.carrier.finished();
    const events = posted(started, "/webhooks/event");
    expect(events.filter((event) => "recording_url" in event)).toHaveLength(2);
    expect(events.at(-1)?.["disconnected_by"] ?? events.at(-2)?.["disconnected_by"]).toBe(
      "platform",
    );
  });

  it("notify tells its payload, and an NCCO in reply replaces the rest", async () => {
    const answers: Answers = { "/step": { status: 200, body: [{ action: "talk", text: "Bye." }] } };
    application = await startApplication(answers);
    const notify = {
      action: "notify",
      payload: { step: 1 },
      eventUrl: [`${application.url}/step`],
    };
    answers["/webhooks/answer"] = { status: 200, body: [notify, ROOM] };
    const leg = application.carrier.dial(CALL);
    await application.carrier.finished();
    expect(posted(application, "/step")).toMatchObject([{ payload: { step: 1 } }]);
    expect(application.carrier.visitors("standup").has(leg.id)).toBe(false);
  });

  it("connect calls somebody, and both legs end together", async () => {
    const connect = { action: "connect", endpoint: [{ type: "phone", number: "447700900002" }] };
    const started = await start([connect]);
    const { carrier } = started;
    const leg = carrier.dial(CALL);
    const other = () =>
      [...carrier.legs.values()].find(({ direction }) => direction === "outbound");
    await expect.poll(() => other()?.status).toBe("answered");
    leg.hangUp("user");
    await carrier.finished();
    expect(other()?.status).toBe("completed");
    expect(other()?.origin).toBe(leg.origin);
  });

  it("transfer into a conversation that does not exist is an error, and the call ends", async () => {
    const started = await start([{ action: "transfer", conversationId: "CON-nowhere" }]);
    started.carrier.dial(CALL);
    await started.carrier.finished();
    expect(started.eventNames().join()).toContain("Unknown conversation CON-nowhere");
  });
});

describe("a recorded conversation", () => {
  it("reports its recording to its own URL when the last caller has left, and names no leg", async () => {
    const answers: Answers = { "/recording": DONE };
    application = await startApplication(answers);
    const eventUrl = [`${application.url}/recording`];
    answers["/webhooks/answer"] = { status: 200, body: [{ ...ROOM, record: true, eventUrl }] };
    const { carrier } = application;
    const legs = [carrier.dial(CALL), carrier.dial(CALL)];
    await expect.poll(() => carrier.truth.present("standup").size).toBe(2);
    for (const leg of legs) leg.hangUp("user");
    await carrier.finished();
    const [event, ...more] = posted(application, "/recording");
    expect(more).toEqual([]);
    expect(Object.keys(event ?? {})).toEqual([
      "start_time",
      "recording_url",
      "size",
      "recording_uuid",
      "end_time",
      "conversation_uuid",
      "timestamp",
    ]);
  });
});
