/** The count of a conference over the last minutes: asked for once, then carried on by what the live feed says. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { CountStep } from "../../conference/live-messages.ts";
import { conferencePath, get } from "../shell/api.ts";
import { withCount, type History } from "./counts.ts";

/** Many conferences can be in sight at once; the Worker is asked about few at a time. */
const MOST_AT_ONCE = 3;

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
  /** ISO 8601; null where the conference could not be asked. */
  asOf: string | null;
  count: number | null;
}

/**
 * Null until it is known. `wanted`: whether anybody would see it; it is asked for anew each time that becomes true, since
 * much may have been missed.
 */
export function useCounts(
  name: string,
  minutes: number,
  wanted: boolean,
  { asOf, count }: Latest,
): readonly CountStep[] | null {
  const [steps, setSteps] = useState<readonly CountStep[] | null>(null);
  const latest = useRef<Latest>({ asOf, count });
  latest.current = { asOf, count };

  useEffect(() => {
    if (!wanted) return;
    const gone = new AbortController();
    void inTurn(async () => {
      if (gone.signal.aborted) return;
      const path = `${conferencePath(name)}/history?minutes=${minutes}`;
      const answer = await get<History>(path, gone.signal);
      if (gone.signal.aborted || !answer.ok) return;
      setSteps(carriedOn(answer.value.steps, latest.current));
    });
    return () => gone.abort();
  }, [name, minutes, wanted]);

  useEffect(() => {
    setSteps((known) => (known === null ? null : carriedOn(known, { asOf, count })));
  }, [asOf, count]);

  return steps;
}

function carriedOn(steps: readonly CountStep[], { asOf, count }: Latest): readonly CountStep[] {
  return asOf === null || count === null ? steps : withCount(steps, Date.parse(asOf), count);
}
