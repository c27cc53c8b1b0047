/**
 * What is wrong with how a line speaks, but keeps no caller out: it is read as the nearest that can be said. It is named with the
 * line's problems, and nobody can write it any more. Pure.
 */
import { languageTag, nearestLanguage } from "../../vonage/languages.ts";
import { isObject } from "../../vonage/payload.ts";
import { isBroken } from "../../vonage/ssml.ts";
import { nameable } from "./secrets.ts";

/** What is wrong with a language, by itself; null for nothing. */
export function languageProblem(tag: string): string | null {
  return languageTag(tag) === null
    ? "is none that the carrier's voices speak: name one such as en-GB"
    : null;
}

/** What is wrong with a text as SSML; null for nothing, and where it is none. */
export function markupProblem(text: string): string | null {
  return isBroken(text) ? "is no well-formed SSML: close every tag, and write & as &amp;" : null;
}

/** Of what a line or one of its rooms says itself, as it was typed; by key. */
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
