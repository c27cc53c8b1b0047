/** Validates the texts that a line sets for its prompts. Pure. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { spokenText, isSsml, MAX_SPOKEN_LENGTH } from "../../vonage/ncco.ts";
import { isObject } from "../../vonage/payload.ts";
import { speakable } from "../../vonage/ssml.ts";
import { en, type PromptName } from "../speech/catalogue/en.ts";
import type { Prompts } from "../speech/wording.ts";
import { nameable } from "./secrets.ts";

/** Prompts that are appended to the greeting. They may be empty, to say nothing. */
const ADDITIONS = new Set<string>(["recorded", "nobody-here", "one-here", "others-here"]);
/** Prompts that are played where there is no readable line, so no line can set them. */
const LINELESS: Readonly<Record<string, string>> = {
  "unknown-number": "is said where there is no line, so that no line can change it",
  "misconfigured-line": "is said where a line cannot be read, so that no line can change it",
};

/** Errors: all problems, by the prompt's name. */
export function parsePrompts(value: unknown): Result<Prompts, string[]> {
  if (!isObject(value)) {
    return fail(['must be an object from prompts to texts, such as { "full": "Sorry, no room." }']);
  }
  const entries = Object.entries(value).map(([name, text]) => [name, trimmed(text)] as const);
  const problems = entries.flatMap(([name, text]) => {
    const problem = Object.hasOwn(en, name) ? problemOf(name as PromptName, text) : unknownPrompt();
    return problem === null ? [] : [`${nameable(name)}: ${problem}`];
  });
  if (problems.length > 0) return fail(problems);
  return ok(Object.fromEntries(entries) as Prompts);
}

function trimmed(text: unknown): unknown {
  return typeof text === "string" ? speakable(text.trim()) : text;
}

function unknownPrompt(): string {
  return `is not a prompt; the prompts are ${Object.keys(en).join(", ")}`;
}

function problemOf(name: PromptName, text: unknown): string | null {
  const lineless = LINELESS[name];
  if (lineless !== undefined) return lineless;
  const mayBeEmpty = ADDITIONS.has(name) || name === "greeting";
  if (typeof text !== "string" || spokenText(text).length > MAX_SPOKEN_LENGTH) {
    return `must be text of at most ${MAX_SPOKEN_LENGTH} characters`;
  }
  if (spokenText(text).trim() === "" && !mayBeEmpty) return "must say something";
  if (ADDITIONS.has(name) && isSsml(text)) {
    return "must be plain text, since it is added to the greeting";
  }
  const known = placeholdersOf(en[name]);
  const strange = placeholdersOf(text).find((word) => !known.includes(word));
  if (strange === undefined) return null;
  return known.length === 0
    ? "knows no words in braces"
    : `knows no words in braces but ${known.join(", ")}`;
}

function placeholdersOf(text: string): string[] {
  return text.match(/\{\w+\}/g) ?? [];
}
