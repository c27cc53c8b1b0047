import { describe, expect, it, vi } from "vitest";
import { NO_MEETING } from "../../../../src/conference/state/meeting.ts";
import {
  refusalOf,
  NO_RULES,
  unchecked,
} from "../../../../src/conference/state/admission-policy.ts";
import type { ConferenceRefusal } from "../../../../src/conference/state/leg/fact.ts";
import { admission } from "../../../support/webhooks.ts";

const CEILING = 50;

interface Situation {
  caller?: string;
  role?: "guest" | "moderator";
  locked?: boolean;
  banned?: string[];
  limit?: number;
  others?: number;
}

function denial({
  caller = "447700900123",
  role = "guest",
  locked = false,
  banned = [],
  limit,
  others = 0,
}: Situation) {
  const rules = { ...NO_RULES, maxParticipants: limit ?? null };
  const meeting = { ...NO_MEETING, locked, banned };
  return refusalOf({ role, caller }, rules, meeting, () => others, CEILING);
}

describe("a caller is let in", () => {
  it.each<[string, Situation, ConferenceRefusal | null]>([
    ["into an empty room", {}, null],
    ["not into a locked one", { locked: true }, "locked"],
    ["as a moderator also into a locked one", { locked: true, role: "moderator" }, null],
    ["not when banned", { banned: ["447700900123"] }, "banned"],
    [
      "not when banned, as a moderator either",
      { banned: ["447700900123"], role: "moderator" },
      "banned",
    ],
    [
      "not when both banned and locked out, and hears the former",
      { banned: ["447700900123"], locked: true },
      "banned",
    ],
    [
      "not when banned by another spelling",
      { banned: ["sip:447700900123@pbx.example.com"] },
      "banned",
    ],
    [
      "not in another spelling than the banned one",
      { banned: ["447700900123"], caller: "+44 7700 900123" },
      "banned",
    ],
    [
      "not as a SIP user who was banned at another address",
      { banned: ["sip:Alice@one.example.com"], caller: "sip:alice@two.example.com" },
      "banned",
    ],
    [
      "when withheld, whoever else withheld their number",
      { banned: ["Unknown"], caller: "Unknown" },
      null,
    ],
    ["when somebody else is banned", { banned: ["447700900124"] }, null],
    ["into the last place", { limit: 20, others: 19 }, null],
    ["not into a full room", { limit: 20, others: 20 }, "full"],
    ["as a moderator into a full room", { limit: 20, others: 20, role: "moderator" }, null],
    [
      "as a moderator not beyond what the carrier takes",
      { limit: 20, others: 50, role: "moderator" },
      "full",
    ],
    ["without a limit into the carrier's last place", { others: 49 }, null],
    ["without a limit not beyond what the carrier takes", { others: 50 }, "full"],
    ["not beyond that where the room's limit is higher", { limit: 60, others: 50 }, "full"],
  ])("%s", (_, situation, expected) => {
    expect(denial(situation)).toBe(expected);
  });

  it("without counting anybody where something else decides", () => {
    const places = vi.fn<() => number>(() => 0);
    const who = { role: "guest", caller: "447700900123" } as const;
    expect(refusalOf(who, NO_RULES, { locked: true, banned: [] }, places, CEILING)).toBe("locked");
    expect(places).not.toHaveBeenCalled();
  });
});

describe("an admission that came too late to be checked", () => {
  it("counts as unchecked, for a caller who was let in", () => {
    expect(unchecked(admission(0), NO_RULES)).toMatchObject({ checked: false });
    expect(unchecked(admission(0), NO_RULES).denied).toBeUndefined();
  });

  it("is refused in a strict room, whose caller was told no", () => {
    const rules = { ...NO_RULES, strict: true };
    expect(unchecked(admission(0), rules)).toMatchObject({ denied: "unavailable" });
  });
});
