import { describe, expect, it } from "vitest";
import { callerIn } from "../../../src/vonage/input.ts";

const LINE = "14155550100";
const CALLER = "447700900123";

describe("callerIn", () => {
  it("is who was named before, whatever the event says", () => {
    expect(callerIn({ from: "447700900999", to: LINE }, LINE, CALLER)).toBe(CALLER);
    expect(callerIn({}, LINE, "Unknown")).toBe("Unknown");
  });

  it.each([
    [{ from: CALLER, to: LINE }, CALLER],
    [{ from: LINE, to: CALLER }, CALLER],
    [{ from: "+1 415 555 0100", to: CALLER }, CALLER],
    [{ from_user: "alice", to: LINE }, "alice"],
    [{ to: CALLER }, CALLER],
    [{ from: LINE, to: LINE }, LINE],
    [{ from: LINE }, ""],
    [{ to: LINE }, ""],
    [{}, ""],
  ])("is of %j, where nobody was, %j", (payload, caller) => {
    expect(callerIn(payload, LINE, "")).toBe(caller);
  });
});
