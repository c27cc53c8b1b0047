/** The results of a batch of commands, in words. Pure. */
import type { BatchView, JobState } from "../../contract/batch-view.ts";

const OTHERWISE: Partial<Record<JobState, string>> = {
  gone: "gone meanwhile",
  refused: "refused by the carrier",
  unknown: "perhaps, nobody can tell",
  waiting: "on the way",
  sending: "on the way",
};

/** `deed`: the command in the past tense: “Said to”, “Hung up on”. */
export function batchWords({ jobs, total }: BatchView, deed: string): string {
  if (total === 0) return `${deed} nobody: nobody is there.`;
  const done = jobs.filter(({ state }) => state === "done").length;
  const rest = new Map<string, number>();
  for (const { state, detail } of jobs) {
    const words = OTHERWISE[state];
    if (words === undefined) continue;
    const whole = state === "refused" && detail !== null ? `${words} (${detail})` : words;
    rest.set(whole, (rest.get(whole) ?? 0) + 1);
  }
  const others = [...rest].map(([words, count]) => `, ${count} ${words}`).join("");
  return `${deed} ${done} of ${total}${others}.`;
}

/** Whether no job is pending and none was done. */
export function cameToNothing({ jobs, pending, total }: BatchView): boolean {
  return total > 0 && pending === 0 && jobs.every(({ state }) => state !== "done");
}
