import { describe, expect, it } from "vitest";
import { parseEvent, TERMINAL_STATUSES } from "../../../src/vonage/event.ts";
import {
  CALLER,
  EVENTS,
  LEG,
  LINE,
  ORIGIN,
  ROOM,
  STATUS_EVENTS,
  TRANSFER,
} from "../../fixtures/events.ts";

const STATUS = { status: "started", uuid: LEG };

describe("parseEvent", () => {
  it.each(EVENTS)("tells a $name from its fields", ({ payload, kind, status, ofLeg }) => {
    const event = parseEvent(payload);
    expect(event.kind).toBe(kind);
    expect(event.leg).toBe(ofLeg ? LEG : null);
    const said = "status" in event ? event.status : "name" in event ? event.name : null;
    expect(said).toBe(status);
    expect(event.timestamp).toBe(payload["timestamp"] ?? null);
  });

  it.each(STATUS_EVENTS)("reads who a $name is about", ({ payload }) => {
    expect(parseEvent(payload)).toMatchObject({ from: CALLER, to: LINE, direction: "inbound" });
  });

  it("reads the two conversations of a transfer", () => {
    expect(parseEvent(TRANSFER.payload)).toEqual({
      kind: "transfer",
      leg: LEG,
      timestamp: "2020-07-01T20:45:36.850Z",
      from: ORIGIN,
      to: ROOM,
    });
  });

  it.each([
    [{ status: "failed", detail: "cannot_route" }, "cannot_route"],
    [{ status: "completed", disconnected_by: "platform" }, "platform"],
    [{ status: "failed", detail: "internal_error", disconnected_by: "user" }, "internal_error"],
    [{ status: "completed", detail: "" }, null],
    [{ status: "completed", detail: null }, null],
  ])("says why of %j: %j", (payload, detail) => {
    expect(parseEvent(payload)).toMatchObject({ detail });
  });
});

describe("parseEvent, of fields that are odd", () => {
  it.each([
    ["a leading space", " 14845552121", "14845552121"],
    ["the word Unknown", "Unknown", "Unknown"],
    ["a number that is not text", 14_845_552_121, "14845552121"],
    ["null", null, null],
    ["nothing", "", null],
    ["white space", "  ", null],
    ["an object", { number: "1" }, null],
    ["an array", ["1"], null],
    ["true", true, null],
    ["far too much", "1".repeat(600), null],
  ])("reads a caller that is %s", (_, from, expected) => {
    expect(parseEvent({ ...STATUS, from })).toMatchObject({ kind: "status", from: expected });
  });

  it("reads missing fields as null", () => {
    expect(parseEvent({ status: "started" })).toEqual({
      kind: "status",
      leg: null,
      status: "started",
      timestamp: null,
      direction: null,
      from: null,
      to: null,
      detail: null,
    });
  });

  it.each([null, "", 5, true, {}, [], "sideways"])("knows no direction %j", (direction) => {
    expect(parseEvent({ ...STATUS, direction })).toMatchObject({ direction: null });
  });

  it.each(["outbound", "OUTBOUND", " Outbound "])("knows the direction %j", (direction) => {
    expect(parseEvent({ ...STATUS, direction })).toMatchObject({ direction: "outbound" });
  });

  it.each([null, "", 5, {}, ["a"], "a".repeat(256)])("knows no leg %j", (uuid) => {
    expect(parseEvent({ status: "started", uuid }).leg).toBeNull();
  });

  it.each([" a", "A", "a/b?c#d", "ünïcode", "__proto__"])("compares legs exactly: %j", (uuid) => {
    expect(parseEvent({ status: "started", uuid }).leg).toBe(uuid);
  });

  it.each([null, "", {}, [], true])("does not take %j for a status", (status) => {
    expect(parseEvent({ ...TRANSFER.payload, status }).kind).toBe("transfer");
  });

  it.each(["COMPLETED", "Completed", " completed "])("knows the status %j", (status) => {
    expect(parseEvent({ uuid: LEG, status })).toMatchObject({
      kind: "status",
      status: "completed",
    });
  });

  it.each([
    ["a transfer without where to", { status: "transfer", conversation_uuid_from: ORIGIN }],
    ["an input of nothing", { status: "input" }],
    ["a transfer that has only digits", { status: "transfer", dtmf: { digits: "1" } }],
    ["what a prototype has", { status: "constructor", dtmf: {} }],
  ])("takes the status for no kind where the fields do not bear it out: %s", (_, payload) => {
    expect(parseEvent({ uuid: LEG, ...payload })).toEqual({
      kind: "status",
      leg: LEG,
      name: payload.status,
      timestamp: null,
    });
  });

  it.each([5, "Completed?", "completed!"])(
    "takes %j for a status that it does not know",
    (status) => {
      expect(parseEvent({ uuid: LEG, status })).toEqual({
        kind: "status",
        leg: LEG,
        name: String(status),
        timestamp: null,
      });
    },
  );

  it.each([
    [
      "the status before the transfer",
      { status: "answered", conversation_uuid_from: "CON-a" },
      "status",
    ],
    ["the transfer before the input", { ...TRANSFER.payload, dtmf: {} }, "transfer"],
    ["the input before the recording", { dtmf: {}, recording_url: "https://a" }, "input"],
    ["the recording before the error", { recording_url: "https://a", reason: "b" }, "record"],
    ["the error before the notification", { reason: "a", payload: {} }, "error"],
    ["the notification before the type", { payload: {}, type: "audio:dtmf" }, "notify"],
  ])("goes by %s", (_, payload, kind) => {
    expect(parseEvent(payload).kind).toBe(kind);
  });

  it.each([
    ["without where to", { conversation_uuid_from: ORIGIN, type: "transfer", uuid: LEG }],
    ["to null", { ...TRANSFER.payload, conversation_uuid_to: null }],
  ])("moves nobody by a transfer %s", (_, payload) => {
    expect(parseEvent(payload)).not.toHaveProperty("to");
  });

  it("finds nothing in the prototype of what came", () => {
    const payload = JSON.parse(`{"__proto__":{"status":"completed","uuid":"${LEG}"}}`) as object;
    expect(parseEvent({ ...payload })).toEqual({
      kind: "unknown",
      leg: null,
      name: null,
      timestamp: null,
    });
  });
});

it("ends a leg by the carrier's terminal statuses alone", () => {
  expect([...TERMINAL_STATUSES].toSorted()).toEqual([
    "busy",
    "cancelled",
    "completed",
    "failed",
    "rejected",
    "timeout",
    "unanswered",
  ]);
});
