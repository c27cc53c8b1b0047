/** Which words a caller hears: the line's own, or the catalogue's of the line's language. Pure. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { spokenText, isSsml, MAX_SPOKEN_LENGTH, type Voice } from "../../vonage/ncco.ts";
import { isObject } from "../../vonage/payload.ts";
import { speakable } from "../../vonage/ssml.ts";
import { de } from "./catalogue/de.ts";
import { en, type Catalogue, type PromptName } from "./catalogue/en.ts";
import { es } from "./catalogue/es.ts";
import { fr } from "./catalogue/fr.ts";
import { nameable } from "../parse/secrets.ts";

export type Prompts = Partial<Record<PromptName, string>>;

/** How somebody is spoken to: a line and a room both say it. */
export interface Speech extends Voice {
  prompts?: Prompts | undefined;
}

const CATALOGUES: Readonly<Record<string, Catalogue>> = { en, es, fr, de };

/** What can be added to a greeting. It may be empty, to say nothing. */
const ADDITIONS = new Set<string>(["recorded", "nobody-here", "one-here", "others-here"]);
/** What is said where no line is known that could say it otherwise. */
const LINELESS: Readonly<Record<string, string>> = {
  "unknown-number": "is said where there is no line, so that no line can change it",
  "misconfigured-line": "is said where a line cannot be read, so that no line can change it",
};

export interface Wording {
  text: string;
  voice: Voice;
}

/**
 * A prompt and the voice that says it. Where the line's language has no catalogue, what comes from the English one is
 * said by an English voice.
 */
export function wordingOf(
  name: PromptName,
  speech: Speech,
  fill: Readonly<Record<string, string>> = {},
): Wording {
  const own = speech.prompts?.[name];
  const catalogue = catalogueOf(speech);
  const text = own ?? (catalogue ?? en)[name];
  return {
    text: text.replace(/\{(\w+)\}/g, (placeholder, word: string) => fill[word] ?? placeholder),
    voice: own === undefined && catalogue === undefined ? { premium: speech.premium } : speech,
  };
}

/** By the primary subtag: `es-MX` is Spanish. */
function catalogueOf({ language }: Speech): Catalogue | undefined {
  const primary = language?.split("-")[0]?.toLowerCase() ?? "en";
  return Object.hasOwn(CATALOGUES, primary) ? CATALOGUES[primary] : undefined;
}

/** A line's own prompts. Errors: every problem, by the prompt's name. */
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
