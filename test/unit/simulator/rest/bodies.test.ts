import { describe, expect, it } from "vitest";
import { readCreateCall } from "../../../simulator/rest/requests/create-call.ts";
import { readDtmf, readStream, readTalk } from "../../../simulator/rest/requests/leg-audio.ts";
import type { CommandResult } from "../../../simulator/rest/requests/command.ts";
import { readUpdateCall } from "../../../simulator/rest/requests/update-call.ts";

const NCCO = [{ action: "conversation", name: "standup" }];
const CALL = {
  to: [{ type: "phone", number: "447700900000" }],
  from: { type: "phone", number: "447700900001" },
  ncco: NCCO,
};

/** The names and reasons of what was refused, the status where there are none, or the command. */
function outcome(result: CommandResult): unknown {
  if (result.ok) return result.command;
  const body = JSON.parse(Buffer.from(result.reply.body as Uint8Array).toString("utf8")) as {
    invalid_parameters?: { name: string; reason: string }[];
  };
  return (
    body.invalid_parameters?.map(({ name, reason }) => `${name} ${reason}`) ?? result.reply.status
  );
}

const create = (body: unknown, numbers: string[] = []) =>
  outcome(readCreateCall(JSON.stringify(body), numbers));
const update = (body: unknown) => outcome(readUpdateCall("leg", JSON.stringify(body)));
const talk = (body: unknown) => outcome(readTalk("leg", JSON.stringify(body)));
const stream = (body: unknown) => outcome(readStream("leg", JSON.stringify(body)));
const dtmf = (body: unknown) => outcome(readDtmf("leg", JSON.stringify(body)));

describe("a new call", () => {
  it("with an NCCO becomes a call", () => {
    expect(create(CALL)).toEqual({
      kind: "create",
      call: { to: CALL.to[0], from: "447700900001", ncco: NCCO },
    });
    expect(create({ ...CALL, event_url: ["https://example.com/"] })).toMatchObject({
      call: { eventUrl: { url: "https://example.com/", method: "POST" } },
    });
  });

  it("with every option becomes a call that has them", () => {
    const { ncco: _, ...rest } = CALL;
    const body = {
      ...rest,
      answer_url: ["https://example.com/answer"],
      event_url: ["https://example.com/event?room=standup"],
      event_method: "GET",
      machine_detection: "continue",
      advanced_machine_detection: { behavior: "hangup", mode: "detect_beep", beep_timeout: 30 },
      length_timer: 86_400,
      ringing_timer: 120,
    };
    expect(create(body)).toEqual({
      kind: "create",
      call: {
        to: CALL.to[0],
        from: "447700900001",
        answerUrl: { url: "https://example.com/answer", method: "GET" },
        eventUrl: { url: "https://example.com/event?room=standup", method: "GET" },
        machineDetection: "hangup",
        lengthTimerSeconds: 86_400,
        ringingTimerSeconds: 120,
      },
    });
  });

  it("from a number of the application takes one that it has", () => {
    const body = { to: CALL.to, ncco: NCCO, random_from_number: true };
    expect(create(body, ["14155550100"])).toMatchObject({ call: { from: "14155550100" } });
    expect(create(body)).toEqual(["random_from_number the application has no number"]);
  });

  it("to what is not a telephone is not played", () => {
    expect(create({ ...CALL, to: [{ type: "sip", uri: "sip:a@example.com" }] })).toBe(501);
  });

  const either = "must be given, or else";
  it.each([
    ["six digits", { to: [{ type: "phone", number: "123456" }] }, "number must be 7 to 15 digits"],
    ["a plus", { to: [{ type: "phone", number: "+447700900000" }] }, "number must be 7 to 15"],
    ["two endpoints", { to: [...CALL.to, ...CALL.to] }, "to must be an array of one endpoint"],
    ["nobody", { to: [] }, "to must be an array of one endpoint"],
    [
      "an unknown endpoint",
      { to: [{ type: "fax", number: "447700900000" }] },
      "type must be phone",
    ],
    ["nobody to call from", { from: undefined }, `from ${either} random_from_number`],
    ["two who call", { random_from_number: true }, `from ${either} random_from_number`],
    ["nothing to play", { ncco: undefined }, `ncco ${either} answer_url`],
    ["two things to play", { answer_url: ["https://example.com/"] }, `ncco ${either} answer_url`],
    ["an NCCO without actions", { ncco: [] }, "ncco must have an action"],
    ["an answer method alone", { answer_method: "GET" }, "answer_method needs answer_url"],
    [
      "a URL outside of an array",
      { event_url: "https://example.com/" },
      "event_url must be an array",
    ],
    ["a path", { event_url: ["/event"] }, "event_url must be an absolute URL"],
    ["two URLs", { event_url: ["https://a.example/", "https://b.example/"] }, "event_url must be"],
    ["another method", { event_method: "PUT" }, "event_method must be GET or POST"],
    ["another machine", { machine_detection: "listen" }, "machine_detection must be"],
    ["a beep too soon", { advanced_machine_detection: { beep_timeout: 29 } }, "beep_timeout must"],
    ["no time", { length_timer: 0 }, "length_timer must be at least 1"],
    ["too much time", { length_timer: 86_401 }, "length_timer must be at most 86400"],
    ["long ringing", { ringing_timer: 121 }, "ringing_timer must be at most 120"],
    ["half a second", { ringing_timer: 0.5 }, "ringing_timer must be a whole number"],
    [
      "a field of the NCCO's spelling",
      { eventUrl: ["https://example.com/"] },
      "eventUrl is not doc",
    ],
  ])("with %s is refused", (_name, fields, problem) => {
    const problems = create({ ...CALL, ...fields });
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});

describe("a change to a call", () => {
  it.each([
    [{ action: "hangup" }, { kind: "hangup", uuid: "leg" }],
    [{ action: "mute" }, { kind: "mute", uuid: "leg", on: true }],
    [{ action: "unmute" }, { kind: "mute", uuid: "leg", on: false }],
    [{ action: "earmuff" }, { kind: "earmuff", uuid: "leg", on: true }],
    [{ action: "unearmuff" }, { kind: "earmuff", uuid: "leg", on: false }],
    [
      { action: "transfer", destination: { type: "ncco", ncco: NCCO } },
      { kind: "transfer", uuid: "leg", destination: { ncco: NCCO } },
    ],
    [
      { action: "transfer", destination: { type: "ncco", url: ["https://example.com/ncco"] } },
      { kind: "transfer", uuid: "leg", destination: { url: "https://example.com/ncco" } },
    ],
  ])("as in %j is a command", (body, command) => {
    expect(update(body)).toEqual(command);
  });

  it.each([
    [{}, "action must be hangup, mute"],
    [[], "action must be hangup, mute"],
    ["hangup", "body must be hangup, mute"],
    [{ action: "hang_up" }, "action must be hangup, mute"],
    [{ action: "hangup", destination: { type: "ncco", ncco: NCCO } }, "destination "],
    [{ action: "transfer" }, "destination "],
    [{ action: "transfer", destination: { type: "ncco" } }, "destination must have ncco or url"],
    [{ action: "transfer", destination: { type: "url", ncco: NCCO } }, "type must be ncco"],
    [{ action: "transfer", destination: { type: "ncco", url: "https://example.com/" } }, "url "],
    [{ action: "transfer", destination: { type: "ncco", ncco: [{}] } }, "action "],
  ])("as in %j is refused", (body, problem) => {
    expect(update(body)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it("that is not JSON is refused", () => {
    expect(outcome(readUpdateCall("leg", "action=hangup"))).toEqual(["body must be JSON"]);
  });
});

describe("what is played into a leg", () => {
  it("is a text, a file or tones", () => {
    expect(talk({ text: "Hello", language: "de-DE", style: 1, loop: 0, level: "-0.4" })).toEqual({
      kind: "talk",
      uuid: "leg",
      talk: { text: "Hello", language: "de-DE", loop: 0 },
    });
    const url = "https://example.com/hold.mp3";
    expect(stream({ stream_url: [url], loop: 2, level: "1" })).toEqual({
      kind: "stream",
      uuid: "leg",
      stream: { url, loop: 2 },
    });
    expect(dtmf({ digits: "1p7*#" })).toEqual({ kind: "dtmf", uuid: "leg", digits: "1p7*#" });
  });

  it("may have 1,500 characters, not counting tags", () => {
    const text = `<speak>${"a".repeat(1500)}</speak>`;
    expect(talk({ text })).toMatchObject({ talk: { text } });
    expect(talk({ text: `${text}a` })).toEqual(["text must not be longer than 1500"]);
  });

  it.each([
    [talk({}), "text is required"],
    [talk({ text: "" }), "text must not be empty"],
    [talk({ text: "Hello", language: "en" }), "language must be"],
    [talk({ text: "Hello", level: 0.4 }), "level must be a text"],
    [talk({ text: "Hello", level: "1.1" }), "level must be from -1 to 1"],
    [talk({ text: "Hello", loop: -1 }), "loop must be at least 0"],
    [talk({ text: "Hello", premium: "true" }), "premium "],
    [talk({ text: "Hello", bargeIn: true }), "bargeIn is not documented"],
    [stream({ stream_url: "https://example.com/hold.mp3" }), "stream_url "],
    [stream({ streamUrl: ["https://example.com/hold.mp3"] }), "streamUrl "],
    [dtmf({ digits: "" }), "digits must be DTMF digits"],
    [dtmf({ digits: 17 }), "digits "],
  ])("is refused: %j", (problems, problem) => {
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
