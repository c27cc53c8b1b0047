/** The lines, fetched page by page on demand. */
import { useEffect, useRef, useState } from "preact/hooks";
import { get, type Problem } from "../shell/api.ts";
import type { LineEntry, LinePage } from "./editor/line-answers.ts";

export interface Lines {
  lines: readonly LineEntry[];
  /** Whether there are more than these. */
  more: boolean;
  busy: boolean;
  problem: Problem | null;
  next: () => void;
  /** Starts again from the first page. */
  reload: () => void;
}

/** `all`: whether to fetch all pages, for a search. */
export function useLines(all: boolean): Lines {
  const [lines, setLines] = useState<readonly LineEntry[]>([]);
  const [after, setAfter] = useState<string | null>("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asking = useRef<AbortController | null>(null);

  async function load(from: string): Promise<void> {
    asking.current?.abort();
    const { signal } = (asking.current = new AbortController());
    setBusy(true);
    const query = from === "" ? "" : `?after=${encodeURIComponent(from)}`;
    const answer = await get<LinePage>(`/lines${query}`, signal);
    if (signal.aborted) return;
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    const page = answer.value;
    setLines((known) => (from === "" ? page.lines : [...known, ...page.lines]));
    setAfter(page.next);
  }

  useEffect(() => {
    void load("");
    return () => asking.current?.abort();
  }, []);

  const goesOn = all && !busy && problem === null && after !== null && after !== "";
  useEffect(() => {
    if (goesOn) void load(after);
  }, [goesOn, after]);

  return {
    lines,
    more: after !== null && after !== "",
    busy,
    problem,
    next: () => void load(after ?? ""),
    reload: () => void load(""),
  };
}
