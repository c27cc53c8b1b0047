import { describe, expect, it } from "vitest";
import { percentiles } from "../../../simulator/webhooks/account-book.ts";
import { CHAOS_PROFILES, createMischief, misshape } from "../../../simulator/chaos/chaos.ts";
import type { Chaos } from "../../../simulator/chaos/chaos.ts";
import type { Webhook } from "../../../simulator/webhooks/delivery.ts";
import { createRandom } from "../../../simulator/carrier/random.ts";

const { none, vile } = CHAOS_PROFILES;

function webhooks(name: string): Webhook[] {
  return Array.from({ length: 200 }, (_, index) => ({
    kind: "event",
    name,
    leg: "leg",
    tokenId: `${name} ${index}`,
    payload: { from: "447700900001", status: name, uuid: "leg" },
  }));
}

function plans(chaos: Chaos, name = "completed") {
  const mischief = createMischief(chaos, createRandom("seed"));
  return webhooks(name).map((webhook) => mischief(webhook));
}

describe("a profile", () => {
  it("none sends everything once and at once", () => {
    expect(plans(none).every(([copy, ...more]) => copy?.afterMs === 0 && more.length === 0)).toBe(
      true,
    );
  });

  it("vile repeats and delays, the same each time, and loses nothing", () => {
    const [one, again] = [plans(vile), plans(vile)];
    expect(one).toEqual(again);
    expect(one.every((copies) => copies.length > 0)).toBe(true);
    expect(one.some((copies) => copies.length > 1)).toBe(true);
    expect(one.some(([copy]) => copy?.pastTheEnd === true)).toBe(true);
    expect(new Set(one.map(([copy]) => copy?.earlyTries)).size).toBe(3);
  });
});

describe("a knob", () => {
  it("drops about as much as it is told, and only what it is told", () => {
    const chaos: Chaos = { ...none, drop: 0.1, dropOnly: "completed" };
    const dropped = plans(chaos).filter((copies) => copies.length === 0).length;
    expect(dropped).toBeGreaterThan(5);
    expect(dropped).toBeLessThan(40);
    expect(plans(chaos, "answered").every((copies) => copies.length === 1)).toBe(true);
  });

  it("leaves out only what nobody can rely on, and puts spaces before numbers", () => {
    const chaos = { ...none, missingFields: 1, leadingSpaces: 1 };
    const payload = {
      uuid: "leg",
      status: "answered",
      to: "14155550100",
      headers: {},
      network: "",
    };
    expect(misshape(payload, chaos, createRandom("seed"))).toEqual({
      uuid: "leg",
      status: "answered",
      to: " 14155550100",
    });
  });
});

describe("a misshapen payload", () => {
  it("says in an input who answered, whatever else is missing", () => {
    const chaos = { ...none, missingFields: 1 };
    expect(misshape(input, chaos, createRandom("seed"))).toHaveProperty("from", ends.from);
    const status = { ...ends, status: "answered" };
    expect(misshape(status, chaos, createRandom("seed"))).not.toHaveProperty("from");
  });

  const ends = { from: "447700900001", to: "14155550100" };
  const input = { speech: {}, dtmf: { digits: "2" }, ...ends, uuid: "leg" };

  it("has swapped numbers where it is an input, and nowhere else", () => {
    const chaos = { ...none, swappedNumbers: 1 };
    const swapped = { ...input, from: ends.to, to: ends.from };
    expect(misshape(input, chaos, createRandom("seed"))).toEqual(swapped);
    const answered = { ...ends, uuid: "leg", status: "answered" };
    expect(misshape(answered, chaos, createRandom("seed"))).toEqual(answered);
  });

  it("has no time, or one that is no date, and is otherwise what it was", () => {
    const chaos = { ...none, missingTimestamps: 1 };
    const event = { uuid: "leg", status: "answered", timestamp: "2026-06-01T12:00:00.000Z" };
    const seen = Array.from({ length: 20 }, (_, index) =>
      JSON.stringify(misshape(event, chaos, createRandom(`seed ${index}`))),
    );
    const { uuid, status } = event;
    expect(new Set(seen)).toEqual(
      new Set([
        JSON.stringify({ uuid, status }),
        JSON.stringify({ uuid, status, timestamp: "not a date" }),
      ]),
    );
  });
});

describe("percentiles", () => {
  it("are nearest ranks, and nothing for nothing", () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentiles(values)).toEqual({ p50: 100, p99: 198 });
    expect(percentiles([7.25])).toEqual({ p50: 7.3, p99: 7.3 });
    expect(percentiles([])).toBeNull();
  });
});
