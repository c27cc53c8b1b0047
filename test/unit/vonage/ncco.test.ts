import { describe, expect, it } from "vitest";
import { omitUndefined, isSsml, spokenMs, talk, withinSsml } from "../../../src/vonage/ncco.ts";

describe("talk", () => {
  it("says a text as it is", () => {
    expect(talk("Hello & welcome, it's 5 o'clock")).toEqual({
      action: "talk",
      text: "Hello & welcome, it's 5 o'clock",
    });
  });

  it("takes the brackets out of plain text, for which the carrier refuses the whole NCCO", () => {
    expect(talk("1 < 2 and <b>bold</b>").text).toBe("1  2 and bbold/b");
  });

  it.each([
    "<speak>Hello <break time='1s'/> you</speak>",
    '  <speak xml:lang="en-GB">Hello</speak>\n',
    "<speak>Two\nlines</speak>",
  ])("says SSML as it is: %j", (ssml) => {
    expect(talk(ssml).text).toBe(ssml);
  });

  it.each([
    "<speak>never closed",
    "Say <speak>this</speak>",
    "<speaker>this</speaker>",
    "</speak>",
  ])("does not take %j for SSML", (text) => {
    expect(talk(text).text).not.toMatch(/[<>]/);
  });

  it("adds how it is said, and nothing that was not asked for", () => {
    const action = talk("Hello", { language: "en-GB", style: 0, premium: false });
    expect(action).toEqual({
      action: "talk",
      text: "Hello",
      language: "en-GB",
      style: 0,
      premium: false,
    });
    expect(JSON.stringify(talk("Hello", { language: undefined }))).toBe(
      '{"action":"talk","text":"Hello"}',
    );
  });
});

describe("spokenMs", () => {
  it.each([
    ["", 0],
    ["twelve chars", 1_000],
    ["a".repeat(120), 10_000],
    ["a", 84],
    ["<speak>twelve <break time='1s'/>chars</speak>", 1_000],
  ])("takes %j to last %i milliseconds", (text, ms) => {
    expect(spokenMs(text)).toBe(ms);
  });
});

describe("withinSsml", () => {
  it.each([
    ["<speak>Hi.</speak>", "Bye.", "<speak>Hi. Bye.</speak>"],
    ["<speak>Hi.</speak>\n", "A & B < C", "<speak>Hi. A &amp; B &lt; C</speak>\n"],
    ["<speak>a</speak> <speak>b</speak>", "c", "<speak>a</speak> <speak>b c</speak>"],
  ])("adds to %j within its last tag: %j", (ssml, sentence, whole) => {
    expect(withinSsml(ssml, sentence)).toBe(whole);
    expect(isSsml(whole)).toBe(true);
  });

  it("leaves plain text to others", () => {
    expect(withinSsml("Hi.", "Bye.")).toBeNull();
  });
});

describe("given", () => {
  it("keeps what is false, zero or empty, and drops what is undefined", () => {
    const options = omitUndefined({ a: false, b: 0, c: "", d: undefined });
    expect(Object.keys(options)).toEqual(["a", "b", "c"]);
  });
});
