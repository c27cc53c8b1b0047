/** The page's only ticking clock. It shows the Worker's time, since a browser's clock may be minutes off. */
import { useEffect, useState } from "preact/hooks";

const TICK_MS = 1_000;

/** A smaller difference may just be the latency of the message. */
const LEAST_OFFSET_MS = 2_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let offsetMs = 0;

/** In milliseconds since the epoch. */
export function now(): number {
  return Date.now() + offsetMs;
}

/** `asOf`: the Worker's time, just received. */
export function setClock(asOf: string): void {
  const offset = Date.parse(asOf) - Date.now();
  offsetMs = Math.abs(offset) > LEAST_OFFSET_MS ? offset : 0;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((one) => one()), TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present value of `words`. The component is drawn again only when it changes, not with every tick. */
export function useTicking(words: (now: number) => string): string {
  const current = words(now());
  const [, setShown] = useState(current);
  useEffect(() => listen(() => setShown(words(now()))));
  return current;
}
