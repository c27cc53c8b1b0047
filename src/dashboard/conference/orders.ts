/** Tells what became of orders. */
import type { ParticipantView } from "../../contract/conference-view.ts";
import type { BatchView } from "../../contract/batch-view.ts";
import { tellDone, tellFailed } from "../components/toasts.tsx";
import { batchWords, cameToNothing } from "./batch-words.ts";

/** `what`: what was ordered. `deed`: the same in the past, for the number of those whom it befell. */
export function tellBatch(batch: BatchView, what: string, deed: string): null {
  const words = batchWords(batch, deed);
  if (cameToNothing(batch)) tellFailed(what, { status: 0, detail: words, errors: [] });
  else tellDone(words);
  return null;
}

/** An order for one leg is answered with what it is now, or, where the carrier takes its time, with the order. */
export type LegAnswer = ParticipantView | BatchView;

export function legWords(answer: LegAnswer, what: string): string {
  return "batch" in answer
    ? `${what}: ordered; the carrier has not confirmed it yet.`
    : `${what}: done.`;
}
