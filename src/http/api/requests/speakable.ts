/** Whether the carrier's voices can speak what an operator wants said. */
import type { Context } from "hono";
import { languageProblem, markupProblem } from "../../../lines/parse/warnings.ts";
import { languageTag } from "../../../vonage/languages.ts";
import { problem } from "../../problem.ts";

/** The reply where the text or the language cannot be spoken; null where they can. */
export function refuseUnspeakable(
  c: Context,
  { text = "", language }: { text?: string; language?: string | undefined },
): Response | null {
  const ofText = markupProblem(text);
  const ofLanguage = language === undefined ? null : languageProblem(language);
  const problems = [
    ...(ofText === null ? [] : [`text: ${ofText}`]),
    ...(ofLanguage === null ? [] : [`language: ${ofLanguage}`]),
  ];
  return problems.length === 0
    ? null
    : problem(c, 422, `This cannot be said: ${problems.join("; ")}.`, problems);
}

/** A language as the carrier spells it. */
export function carrierLanguage(language: string | undefined): string | undefined {
  return language === undefined ? undefined : (languageTag(language) ?? undefined);
}
