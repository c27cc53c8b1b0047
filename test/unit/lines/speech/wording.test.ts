import { describe, expect, it } from "vitest";
import { refusalNcco } from "../../../../src/lines/speech/prompts.ts";

describe("the language of what is said", () => {
  it.each([
    ["es", "Lo sentimos"],
    ["es-MX", "Lo sentimos"],
    ["FR-ca", "Nous sommes désolés"],
    ["de-AT", "Es tut uns leid"],
    ["en-IN", "We are sorry"],
  ])("goes by the primary subtag of %s, and is said by its voice", (language, words) => {
    expect(refusalNcco("full", { language, style: 2, premium: true })).toEqual([
      { action: "talk", text: expect.stringContaining(words), language, style: 2, premium: true },
    ]);
  });

  it.each(["nl-NL", "constructor", "eng"])(
    "is English, and so is the voice, where the catalogue has no %s",
    (language) => {
      expect(refusalNcco("full", { language, style: 2 })).toEqual([
        { action: "talk", text: expect.stringContaining("We are sorry") },
      ]);
    },
  );

  it("is the line's own where it has words of its own", () => {
    expect(refusalNcco("full", { language: "nl-NL", prompts: { full: "Vol." } })).toEqual([
      { action: "talk", text: "Vol.", language: "nl-NL" },
    ]);
  });
});
