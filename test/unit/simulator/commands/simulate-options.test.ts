import { describe, expect, it } from "vitest";
import { readOptions } from "../../../simulator/commands/simulate-options.ts";

const LINE = "--line=+14155550100=standup";

describe("the simulator's command line", () => {
  it("takes a profile and single knobs of it", () => {
    const options = readOptions([LINE, "--chaos=rough", "--drop", "0.05", "--drop-only=completed"]);
    expect(options?.plan.chaos).toMatchObject({
      duplicate: 0.15,
      drop: 0.05,
      dropOnly: "completed",
    });
    expect(options?.plan.lines).toEqual([
      { number: "14155550100", conference: "standup", kind: "plain" },
    ]);
  });

  it("takes the first line of a conference for its guests, the second for its host", () => {
    const options = readOptions(["--scenario=town-hall", "--line=1=hall", "--line=2=hall"]);
    expect(options?.plan.lines.map(({ kind }) => kind)).toEqual(["guest", "host"]);
  });

  it("makes lines for a bridge of its own", () => {
    const options = readOptions(["--local", "--scenario=town-hall", "--lines=2"]);
    expect(options?.url).toBeNull();
    expect(new Set(options?.plan.lines.map(({ number }) => number)).size).toBe(4);
  });

  it("needs a claim before it calls another machine", () => {
    const url = "--url=https://partyline.example.workers.dev/";
    expect(() => readOptions([LINE, url])).toThrow("--i-own-this-deployment");
    const claimed = readOptions([LINE, url, "--i-own-this-deployment"]);
    expect(claimed?.url).toBe("https://partyline.example.workers.dev");
  });

  it("serves no REST side unless it is told where", () => {
    expect(readOptions([LINE])?.rest).toBeNull();
    expect(readOptions([LINE, "--rest=9000"])?.rest).toEqual({ port: 9000, keyFile: null });
    const withKey = readOptions([LINE, "--rest=0", "--rest-key=key.pem"]);
    expect(withKey?.rest).toEqual({ port: 0, keyFile: "key.pem" });
  });

  it.each([
    ["no lines", [], "--line NUMBER=CONFERENCE"],
    ["a line without a conference", ["--line=14155550100"], "write NUMBER=CONFERENCE"],
    ["an unknown scenario", [LINE, "--scenario=party"], "--scenario must be one of"],
    ["an unknown silence", [LINE, "--transfer=perhaps"], "at-once, at-start, never"],
    ["a probability above one", [LINE, "--drop=5"], "from 0 to 1"],
    ["too many calls", [LINE, "--calls=1000000"], "from 1 to 10000"],
    [
      "a scenario that writes lines that are not its own",
      [LINE, "--scenario=moved-mapping"],
      "--local",
    ],
    ["a port that is none", [LINE, "--rest=70000"], "from 0 to 65535"],
    ["half a port", [LINE, "--rest=80.5"], "whole number"],
    ["a key for nothing", [LINE, "--rest-key=key.pem"], "--rest PORT"],
    ["an unknown option", [LINE, "--chaotic"], "chaotic"],
  ])("refuses %s", (_, args, complaint) => {
    expect(() => readOptions(args)).toThrow(complaint);
  });

  it("is nothing where help is wanted", () => {
    expect(readOptions(["--help"])).toBeNull();
  });
});
