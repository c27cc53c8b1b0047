/** The count of a conference over the last minutes: fetched once, then continued from the live feed. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { CountStep } from "../../contract/conference-view.ts";
import { conferencePath, get, type Problem } from "../shell/api.ts";
import { stepsFrom, withCount, type History } from "./counts.ts";

/** Many conferences can be in view at once. Only so many are fetched at a time. */
const MOST_AT_ONCE = 3;

const MINUTE_MS = 60_000;

let asking = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  if (asking >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  asking += 1;
  try {
    return await ask();
  } finally {
    asking -= 1;
    waiting.shift()?.();
  }
}

interface Latest {
  /** ISO 8601; null where the conference did not answer. */
  asOf: string | null;
  count: number | null;
}

export interface Counts {
  /** Null until they are known. */
  steps: readonly CountStep[] | null;
  /** Why they could not be read, the last time. */
  problem: Problem | null;
  tryAgain: () => void;
}

/**
 * `wanted`: whether it is visible. It is fetched again each time this becomes true, since changes may have been
 * missed.
 */
export function useCounts(
  name: string,
  minutes: number,
  wanted: boolean,
  { asOf, count }: Latest,
): Counts {
  const [steps, setSteps] = useState<readonly CountStep[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const latest = useRef<Latest>({ asOf, count });
  latest.current = { asOf, count };

  // Do not show the counts of another conference or span.
  useEffect(() => setSteps(null), [name, minutes]);

  useEffect(() => {
    if (!wanted) return;
    const gone = new AbortController();
    void inTurn(async () => {
      if (gone.signal.aborted) return;
      const path = `${conferencePath(name)}/history?minutes=${minutes}`;
      const answer = await get<History>(path, gone.signal);
      if (gone.signal.aborted) return;
      setProblem(answer.ok ? null : answer.error);
      if (answer.ok) setSteps(carriedOn(answer.value.steps, latest.current));
    });
    return () => gone.abort();
  }, [name, minutes, wanted, tries]);

  useEffect(() => {
    setSteps((known) => {
      if (known === null) return null;
      // Keep only what is shown: a page may stay open for days.
      const from = asOf === null ? 0 : Date.parse(asOf) - minutes * MINUTE_MS;
      return carriedOn((known[1]?.[0] ?? from) < from ? stepsFrom(known, from) : known, {
        asOf,
        count,
      });
    });
  }, [asOf, count, minutes]);

  return { steps, problem, tryAgain: () => setTries((done) => done + 1) };
}

function carriedOn(steps: readonly CountStep[], { asOf, count }: Latest): readonly CountStep[] {
  return asOf === null || count === null ? steps : withCount(steps, Date.parse(asOf), count);
}
