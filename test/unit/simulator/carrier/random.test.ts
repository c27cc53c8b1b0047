import { describe, expect, it } from "vitest";
import { createRandom } from "../../../simulator/carrier/random.ts";

describe("the carrier's chance", () => {
  it("repeats itself for a seed", () => {
    const [first, second] = [createRandom("seed"), createRandom("seed")];
    for (let draw = 0; draw < 10; draw += 1) {
      expect(second.fraction()).toBe(first.fraction());
      expect(second.uuid()).toBe(first.uuid());
    }
  });

  it("gives a branch its own answers, whatever was drawn before", () => {
    const early = createRandom("seed");
    const late = createRandom("seed");
    late.fraction();
    expect(late.branch("leg 1").hex(32)).toBe(early.branch("leg 1").hex(32));
    expect(early.branch("leg 2").hex(32)).not.toBe(early.branch("leg 1").hex(32));
  });

  it("draws whole numbers from the whole range", () => {
    const random = createRandom("dice");
    const drawn = new Set(Array.from({ length: 200 }, () => random.integer(1, 6)));
    expect(drawn).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });
});
