import { describe, expect, it } from "vitest";
import { Truth } from "../../../simulator/carrier/truth.ts";

describe("the truth", () => {
  it("knows who is in a conversation, now and at every moment before", () => {
    const truth = new Truth();
    truth.enter("a", "standup", 100);
    truth.enter("b", "standup", 200);
    truth.leave("a", 300);

    expect([...truth.present("standup")]).toEqual(["b"]);
    expect([...truth.presentAt("standup", 99)]).toEqual([]);
    expect([...truth.presentAt("standup", 250)]).toEqual(["a", "b"]);
    expect([...truth.presentAt("standup", 300)]).toEqual(["b"]);
  });

  it("has a leg in one conversation at a time", () => {
    const truth = new Truth();
    truth.enter("a", "standup", 100);
    truth.enter("a", "town-hall", 200);

    expect(truth.whereIs("a")).toBe("town-hall");
    expect(truth.present("standup").size).toBe(0);
  });

  it("tells an observer that something happened, also where the number is the same again", () => {
    const truth = new Truth();
    truth.enter("a", "standup", 100);
    const before = truth.revision("standup");
    truth.leave("a", 200);
    truth.enter("b", "standup", 200);

    expect(truth.revision("standup")).not.toBe(before);
    expect(truth.revision("town-hall")).toBe(0);
  });
});
