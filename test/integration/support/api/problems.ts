/** What the operator is told went wrong. */
import { vi } from "vitest";
import type { ProblemView } from "../../../../src/contract/directory-view.ts";
import { api } from "../bridge.ts";

export async function problemsOf(kind: ProblemView["kind"]): Promise<ProblemView[]> {
  const { problems } = (await api<{ problems: ProblemView[] }>("/problems")).body;
  return problems.filter((one) => one.kind === kind);
}

/** Waits for a problem, since nobody waits for its telling. */
export async function problem(kind: ProblemView["kind"], subject: string): Promise<ProblemView> {
  return await vi.waitFor(async () => {
    const found = (await problemsOf(kind)).find((one) => one.subject === subject);
    if (found === undefined) throw new Error(`no ${kind} of ${subject}`);
    return found;
  }, 10_000);
}
