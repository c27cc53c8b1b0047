import { afterEach, describe, expect, it } from "vitest";
import { CHAOS_PROFILES } from "../../../simulator/chaos/chaos.ts";
import { startApplication } from "../support/application.ts";
import type { Answers, Application } from "../support/application.ts";

const CALL = { caller: "447700900001", line: "14155550100", hangUpAfterMs: null };
const LISTEN = { action: "input", type: ["speech"] };
const KEYS = { action: "input", type: ["dtmf"], dtmf: { maxDigits: 4, timeOut: 5 } };
const EITHER = { ...KEYS, type: ["dtmf", "speech"], speech: { startTimeout: 6 } };
const NO_DIGITS = { digits: null, timed_out: false };
const NOTHING_SAID = { timeout_reason: "start_timeout", results: [] };

let application: Application | null = null;
afterEach(() => application?.close());

/** Plays these actions to a caller who answers so, and returns what the inputs reported. */
async function play(actions: readonly unknown[], entries: readonly string[]) {
  const answers: Answers = { "/webhooks/answer": { status: 200, body: actions } };
  application = await startApplication(answers);
  application.carrier.dial({ ...CALL, entries });
  await application.carrier.finished();
  return application.events
    .map((event) => JSON.parse(event) as Record<string, unknown>)
    .filter((event) => "dtmf" in event)
    .map(({ speech, dtmf }) => ({ speech, dtmf }));
}

function said(text: string) {
  return {
    timeout_reason: "end_on_silence_timeout",
    results: [{ confidence: "0.9405097", text }],
  };
}

describe("a prompt that listens", () => {
  it("reports what is said, until a silence", async () => {
    expect(await play([LISTEN], ["sales"])).toEqual([{ speech: said("sales"), dtmf: NO_DIGITS }]);
  });

  it("reports that nothing was said", async () => {
    expect(await play([LISTEN], [])).toEqual([{ speech: NOTHING_SAID, dtmf: NO_DIGITS }]);
  });

  it("hears no keys, and the next prompt does not either", async () => {
    const twice = [{ ...LISTEN, speech: { startTimeout: 2 } }, KEYS];
    expect(await play(twice, ["12", "34"])).toEqual([
      { speech: NOTHING_SAID, dtmf: NO_DIGITS },
      { speech: { error: "Speech was not enabled" }, dtmf: { digits: "34", timed_out: true } },
    ]);
  });

  it("cuts off who goes on and on", async () => {
    const [event] = await play(
      [{ ...LISTEN, speech: { maxDuration: 1 } }],
      ["one two three four five six"],
    );
    expect(event?.speech).toMatchObject({
      timeout_reason: "max_duration",
      results: [{ text: "one two three" }],
    });
  });

  it("names the recording where one is asked for, of what was said", async () => {
    const saving = { ...LISTEN, speech: { saveAudio: true, startTimeout: 3 } };
    const [heard, silence] = await play([saving, saving], ["sales"]);
    expect(heard?.speech).toMatchObject({
      recording_url: expect.stringMatching(/\/v1\/files\/[\da-f-]{36}$/),
    });
    expect(silence?.speech).toEqual(NOTHING_SAID);
  });
});

describe("a prompt for digits", () => {
  it("does not hear words, and says that speech was not enabled", async () => {
    expect(await play([KEYS], ["sales"])).toEqual([
      { speech: { error: "Speech was not enabled" }, dtmf: { digits: "", timed_out: true } },
    ]);
  });
});

describe("a prompt for either", () => {
  it.each([
    ["takes words", "sales", { speech: said("sales"), dtmf: NO_DIGITS }],
    ["takes keys", "1234", { speech: NOTHING_SAID, dtmf: { digits: "1234", timed_out: false } }],
    [
      "reports both to have waited in vain",
      "",
      { speech: NOTHING_SAID, dtmf: { digits: "", timed_out: true } },
    ],
  ])("%s", async (_, entry, expected) => {
    expect(await play([EITHER], [entry])).toEqual([expected]);
  });
});

describe("a caller who is told what to answer", () => {
  it("answers each prompt once, though the telling can be interrupted", async () => {
    const tell = { action: "talk", text: "Your department, please. ".repeat(4), bargeIn: true };
    const events = await play([tell, LISTEN, tell, tell, KEYS], ["sales", "12", "34"]);
    expect(events.map(({ speech, dtmf }) => [speech, dtmf])).toEqual([
      [said("sales"), NO_DIGITS],
      [{ error: "Speech was not enabled" }, { digits: "12", timed_out: true }],
    ]);
  });
});

it("complains of an application that answers what was entered in two ways", async () => {
  let asked = 0;
  const answers: Answers = {
    "/webhooks/answer": () => ({
      status: 200,
      body: [{ ...KEYS, eventUrl: [`${url()}/prompt`] }],
    }),
    "/prompt": () => {
      asked += 1;
      return { status: 200, body: [{ action: "talk", text: `Number ${asked}` }] };
    },
  };
  const chaos = { ...CHAOS_PROFILES.none, answerTwice: 1 };
  application = await startApplication(answers, { chaos });
  application.carrier.dial({ ...CALL, entries: ["1"] });
  await application.carrier.finished();
  expect(asked).toBe(2);
  expect(application.carrier.problems).toEqual([expect.stringContaining("two NCCOs")]);
});

function url(): string {
  return application?.url ?? "";
}
