/** The lines of a run: generated, or given on the command line. */
import type { Scenario } from "./scenarios.ts";
import type { Line } from "./stage.ts";

/** Numbers of a range that is kept free for fiction: +1 415 555 01xx, and, as nobody calls them, a few digits more. */
const FIRST_NUMBER = 14_155_550_100_000;

/**
 * Lines for a scenario: for each conference one of each kind that it needs.
 *
 * @param first Which number to begin with, counted from 0; runs that share a bridge need numbers of their own.
 */
export function makeLines(
  scenario: Scenario,
  prefix: string,
  conferences: number,
  first = 0,
): Line[] {
  return Array.from({ length: conferences }, (_, conference) =>
    scenario.lines.map((kind, index) => ({
      number: String(FIRST_NUMBER + first + conference * scenario.lines.length + index),
      kind,
      conference: `${prefix}-${conference + 1}`,
    })),
  ).flat();
}

/**
 * Lines that exist already, from `NUMBER=CONFERENCE`. Of one conference the first line is taken for the first kind that the
 * scenario needs, and so on.
 *
 * @throws Error for a text of another form.
 */
export function readLines(scenario: Scenario, texts: readonly string[]): Line[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const [, number = "", conference = ""] = /^\+?([^=]+)=(.+)$/.exec(text) ?? [];
    if (number === "") throw new Error(`--line ${text}: write NUMBER=CONFERENCE`);
    const index = seen.get(conference) ?? 0;
    seen.set(conference, index + 1);
    return { number, conference, kind: scenario.lines[index % scenario.lines.length] ?? "plain" };
  });
}
