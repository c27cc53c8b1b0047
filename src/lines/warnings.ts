/**
 * What is wrong with how a line speaks, but keeps no caller out: it is read as the nearest that can be said. It is named with the
 * line's problems, and nobody can write it any more. Pure.
 */
import { languageTag, nearestLanguage } from "../vonage/languages.ts";
import { isObject } from "../vonage/payload.ts";
import { isBroken } from "../vonage/ssml.ts";
import { en } from "./catalogue/en.ts";

/** What is wrong with a language, by itself; null for nothing. */
export function languageProblem(tag: string): string | null {
  return languageTag(tag) === null
    ? "is none that the carrier's voices speak: name one such as en-GB"
    : null;
}

/** What is wrong with a text as SSML; null for nothing, and where it is none. */
export function markupProblem(text: string): string | null {
  return isBroken(text)
    ? "is no well-formed SSML: close every tag, put what it says of itself in quotes, and write & as &amp;"
    : null;
}

/** Of what a line or one of its rooms says itself, as it was typed; by key. */
export function warningsOf(typed: Readonly<Record<string, unknown>>): string[] {
  const { language, greeting, prompts } = typed;
  const words: [string, unknown][] = isObject(prompts)
    ? Object.entries(prompts).filter(([name]) => Object.hasOwn(en, name))
    : [];
  return [
    ...(typeof language === "string" ? named("language", languageWarning(language)) : []),
    ...markupWarning("greeting", greeting),
    ...words.flatMap(([name, text]) => markupWarning(`prompts: ${name}`, text)),
  ];
}

function languageWarning(tag: string): string | null {
  const problem = languageProblem(tag);
  return problem === null ? null : `${problem}; callers hear ${nearestLanguage(tag)}`;
}

function markupWarning(name: string, text: unknown): string[] {
  const problem = typeof text === "string" ? markupProblem(text) : null;
  return named(name, problem === null ? null : `${problem}; callers hear its words alone`);
}

function named(name: string, problem: string | null): string[] {
  return problem === null ? [] : [`${name}: ${problem}`];
}
