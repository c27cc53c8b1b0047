import { describe, expect, it } from "vitest";
import { roleOf } from "../../../src/lines/room.ts";

describe("roleOf", () => {
  it.each([
    [{}, "guest"],
    [{ startOnEnter: false }, "guest"],
    [{ startOnEnter: true }, "moderator"],
    [{ endOnExit: true }, "moderator"],
    [{ startOnEnter: false, endOnExit: false }, "guest"],
  ])("takes callers of a line with %j for a %s", (options, role) => {
    expect(roleOf({ conference: "a", ...options })).toBe(role);
  });
});
