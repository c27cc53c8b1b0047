/** Lets the Worker check a text once its writer pauses. */
import { useEffect, useState } from "preact/hooks";
import { ask, type Problem } from "../../shell/api.ts";
import { linePath, type WrittenLine } from "./line-answers.ts";

const PAUSE_MS = 350;

export type Check =
  | { kind: "none" }
  | { kind: "right"; line: WrittenLine }
  | { kind: "wrong"; problem: Problem };

export interface Checked {
  check: Check;
  /** Whether the result belongs to an earlier text. */
  stale: boolean;
}

/** `text`: null checks nothing. */
export function useCheck(number: string, text: string | null): Checked {
  const [check, setCheck] = useState<Check>({ kind: "none" });
  const [checked, setChecked] = useState<string | null>(null);

  useEffect(() => {
    if (text === null) {
      setCheck({ kind: "none" });
      setChecked(null);
      return undefined;
    }
    const asking = new AbortController();
    const timer = setTimeout(() => void run(text, asking.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };

    async function run(what: string, signal: AbortSignal): Promise<void> {
      const result = await checkLine(number, what, signal);
      if (signal.aborted) return;
      setCheck(result);
      setChecked(what);
    }
  }, [number, text]);

  return { check, stale: text !== checked };
}

async function checkLine(number: string, text: string, signal: AbortSignal): Promise<Check> {
  const answer = await ask<WrittenLine>("PUT", `${linePath(number)}?dryRun=true`, {
    body: textBody(text),
    signal,
  });
  return answer.ok
    ? { kind: "right", line: answer.value }
    : { kind: "wrong", problem: answer.error };
}

/** Sent as text even if it is JSON: a line is stored exactly as it was written. */
export function textBody(content: string): { content: string; type: string } {
  return { content, type: "text/plain" };
}
