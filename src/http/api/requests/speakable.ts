/** What no voice of the carrier's can say, told to whoever orders it. */
import type { Context } from "hono";
import { languageProblem, markupProblem } from "../../../lines/parse/warnings.ts";
import { problem } from "../../problem.ts";

/** The answer to an order to say something; null where it can be said. */
export function unspeakable(
  c: Context,
  { text = "", language }: { text?: string; language?: string | undefined },
): Response | null {
  const [ofText, ofLanguage] = [
    markupProblem(text),
    language === undefined ? null : languageProblem(language),
  ];
  const problems = [
    ...(ofText === null ? [] : [`text: ${ofText}`]),
    ...(ofLanguage === null ? [] : [`language: ${ofLanguage}`]),
  ];
  return problems.length === 0
    ? null
    : problem(c, 422, `This cannot be said: ${problems.join("; ")}.`, problems);
}
