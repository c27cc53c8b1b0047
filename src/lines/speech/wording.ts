/** Chooses the text of a prompt: the line's own, or the one from the catalogue of the line's language. Pure. */
import type { Voice } from "../../vonage/ncco.ts";
import { de } from "./catalogue/de.ts";
import { en, type Catalogue, type PromptName } from "./catalogue/en.ts";
import { es } from "./catalogue/es.ts";
import { fr } from "./catalogue/fr.ts";

export type Prompts = Partial<Record<PromptName, string>>;

/** The voice and the texts of a line or a room. */
export interface Speech extends Voice {
  prompts?: Prompts | undefined;
}

const CATALOGUES: Readonly<Record<string, Catalogue>> = { en, es, fr, de };

export interface Wording {
  text: string;
  voice: Voice;
}

/**
 * A prompt's text and its voice. Where the line's language has no catalogue, the English text is spoken by an English
 * voice.
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

/** Chosen by the primary subtag: `es-MX` is Spanish. */
function catalogueOf({ language }: Speech): Catalogue | undefined {
  const primary = language?.split("-")[0]?.toLowerCase() ?? "en";
  return Object.hasOwn(CATALOGUES, primary) ? CATALOGUES[primary] : undefined;
}
