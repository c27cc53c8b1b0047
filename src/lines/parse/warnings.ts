/**
 * Warnings: an unsupported language, or broken SSML. Callers of such a line get in and hear the nearest thing that can be
 * spoken. The API reports warnings like problems, and refuses to write a line that has any. Pure.
 */
import { languageTag, nearestLanguage } from "../../vonage/languages.ts";
import { isObject } from "../../vonage/payload.ts";
import { isBroken } from "../../vonage/ssml.ts";
import { nameable } from "./secrets.ts";

/** What is wrong with a language tag; null where nothing is. */
export function languageProblem(tag: string): string | null {
  return languageTag(tag) === null
    ? "is none that the carrier's voices speak: name one such as en-GB"
    : null;
}

/** What is wrong with a text as SSML; null where nothing is, and for plain text. */
export function markupProblem(text: string): string | null {
  return isBroken(text) ? "is no well-formed SSML: close every tag, and write & as &amp;" : null;
}

/** The warnings of a line or a room, from its keys as they were typed. */
export function warningsOf(typed: Readonly<Record<string, unknown>>): string[] {
  const { language, greeting, prompts } = typed;
  const warnings: string[] = [];
  const warn = (key: string, problem: string | null, heard: string): void => {
    if (problem !== null) warnings.push(`${key}: ${problem}; callers hear ${heard}`);
  };
  if (typeof language === "string") {
    warn("language", languageProblem(language), nearestLanguage(language));
  }
  const texts = isObject(prompts) ? Object.entries(prompts) : [];
  for (const [name, text] of [["", greeting] as const, ...texts]) {
    const key = name === "" ? "greeting" : `prompts: ${nameable(name)}`;
    if (typeof text === "string") warn(key, markupProblem(text), "its words alone");
  }
  return warnings;
}
