/** A line as the API shows it, with the NCCO that a caller of its number would get. */
import type { CallContext } from "../../../calls/context.ts";
import { roomNcco } from "../../../calls/room-ncco.ts";
import { entryOf, questionOf } from "../../../lines/parse/access.ts";
import type { LookUp } from "../../../lines/kv/look-up.ts";
import { promptNcco, refusalNcco } from "../../../lines/speech/prompts.ts";
import { redactedValue, shownLine } from "../../../lines/parse/redacted.ts";
import { keyProblem } from "../../../lines/files/write-check.ts";
import type { Ncco } from "../../../vonage/ncco.ts";

export type Found = Exclude<LookUp, { kind: "unavailable" }>;

export async function lineView(call: CallContext, number: string, found: Found) {
  return {
    number,
    key: found.kind === "unknown" ? null : found.key,
    value: found.kind === "unknown" ? null : redactedValue(found.value),
    line: found.kind === "line" ? shownLine(found.line) : null,
    problems: problemsOf(found, number),
    ncco: await nccoOf(call, found),
  };
}

function problemsOf(found: Found, number: string): string[] {
  if (found.kind === "misconfigured") return found.problems;
  if (found.kind === "line") {
    const problem = keyProblem(found.key);
    const { warnings = [] } = found.line;
    return problem === null ? warnings : [`its key: ${problem}`, ...warnings];
  }
  return [`no line for ${number}, and no default line`];
}

async function nccoOf(call: CallContext, found: Found): Promise<Ncco> {
  if (found.kind === "misconfigured") return refusalNcco("misconfigured-line");
  if (found.kind === "unknown") return refusalNcco("unknown-number");
  const entry = entryOf(found.line);
  if (entry.kind !== "open") {
    return promptNcco(questionOf(entry), true, `${call.baseUrl}/webhooks/input`, found.line);
  }
  const { room, role } = entry;
  // Without secrets, so unsigned: whoever reads a signed recording URL here could report false recordings.
  return await roomNcco(room, { role, others: null }, call, []);
}
