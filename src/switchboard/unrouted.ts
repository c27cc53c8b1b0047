/** Tells the directory of legs that could be sent nowhere. */
import { tellProblem } from "../directory/report-problem.ts";
import type { Reason } from "./outcome.ts";

/** By the reason: a wrong answer URL makes one of every call, and they are one problem. Never throws. */
export function tellUnrouted(
  env: Env,
  waitUntil: (work: Promise<unknown>) => void,
  leg: string,
  reason: Reason,
): void {
  // Who hung up at a prompt has met with no problem.
  if (reason === "prompting") return;
  const detail = `Webhooks of legs came, and no answer webhook that says where they went. The latest: ${leg}.`;
  tellProblem(env, waitUntil, { kind: "unrouted-leg", subject: reason, detail });
}
