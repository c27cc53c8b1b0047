import { describe, expect, it } from "vitest";
import { languageTag, nearestLanguage } from "../../../src/vonage/languages.ts";
import { LANGUAGES } from "../../simulator/rest/requests/languages.ts";

describe("the carrier's tag for a language", () => {
  it("is itself for each that its description or an SDK lists", () => {
    expect(LANGUAGES).toHaveLength(67);
    for (const tag of LANGUAGES) {
      expect([languageTag(tag), nearestLanguage(tag)]).toEqual([tag, tag]);
    }
  });

  it.each([
    ["en-gb", "en-GB"],
    ["EN-GB-wls", "en-GB-WLS"],
    ["De-de", "de-DE"],
    ["de", "de-DE"],
    ["en", "en-US"],
    ["EN", "en-US"],
    ["es", "es-ES"],
    ["fr", "fr-FR"],
    ["nl", "nl-NL"],
    ["pt", "pt-BR"],
    ["ar", "ar"],
    ["sv", "sv-SE"],
    ["fil", "fil-PH"],
    ["cmn", "cmn-CN"],
    ["zh", "cmn-CN"],
    ["zh-tw", "cmn-TW"],
    ["no", "no-NO"],
  ])("of %s is %s", (typed, tag) => {
    expect(languageTag(typed)).toBe(tag);
  });

  it.each([
    ["de-CH", "de-DE"],
    ["en-CA", "en-US"],
    ["es-AR", "es-ES"],
    ["zh-HK", "cmn-CN"],
    ["ar-EG", "ar"],
    ["de-ET", "de-DE"],
    ["xx-YY", "en-US"],
    ["xx", "en-US"],
    ["constructor", "en-US"],
    ["", "en-US"],
  ])("is none of %j, whose nearest is %s", (typed, nearest) => {
    expect([languageTag(typed), nearestLanguage(typed)]).toEqual([null, nearest]);
  });
});
