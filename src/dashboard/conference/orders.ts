/** Shows the results of commands. */
import type { ParticipantView } from "../../contract/conference-view.ts";
import type { BatchView } from "../../contract/batch-view.ts";
import { toastDone, toastFailed } from "../components/toasts.tsx";
import { batchWords, cameToNothing } from "./batch-words.ts";

/** `what`: the command. `deed`: the command in the past tense, before the number of legs. */
export function tellBatch(batch: BatchView, what: string, deed: string): null {
  const words = batchWords(batch, deed);
  if (cameToNothing(batch)) toastFailed(what, { status: 0, detail: words, errors: [] });
  else toastDone(words);
  return null;
}

/** The API answers a command for one leg with the participant, or, while the carrier has not confirmed it, with the batch. */
export type LegAnswer = ParticipantView | BatchView;

export function legWords(answer: LegAnswer, what: string): string {
  return "batch" in answer
    ? `${what}: ordered; the carrier has not confirmed it yet.`
    : `${what}: done.`;
}
