/** A line as the API shows it, with what a caller of its number would get. */
import { credentials, publicUrl } from "../../../config/settings.ts";
import { entryOf, questionOf } from "../../../lines/parse/access.ts";
import type { LookUp } from "../../../lines/kv/look-up.ts";
import { conferenceNcco, promptNcco, refusalNcco } from "../../../lines/speech/prompts.ts";
import { redactedValue, shownLine } from "../../../lines/parse/redacted.ts";
import { keyProblem } from "../../../lines/files/write-check.ts";
import type { Ncco } from "../../../vonage/ncco.ts";
import { holdMusicUrl } from "../../../calls/callback-urls/hold-music-url.ts";
import type { ApiContext } from "../requests/api-env.ts";
import { recordingUrl } from "../../../calls/callback-urls/recording-url.ts";

export type Found = Exclude<LookUp, { kind: "unavailable" }>;

export async function lineView(c: ApiContext, number: string, found: Found) {
  return {
    number,
    key: found.kind === "unknown" ? null : found.key,
    value: found.kind === "unknown" ? null : redactedValue(found.value),
    line: found.kind === "line" ? shownLine(found.line) : null,
    problems: problemsOf(found, number),
    ncco: await nccoOf(c, found),
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

async function nccoOf(c: ApiContext, found: Found): Promise<Ncco> {
  if (found.kind === "misconfigured") return refusalNcco("misconfigured-line");
  if (found.kind === "unknown") return refusalNcco("unknown-number");
  const base = publicUrl(c.env, c.req.url);
  const entry = entryOf(found.line);
  if (entry.kind !== "open") {
    return promptNcco(questionOf(entry), true, `${base}/webhooks/input`, found.line);
  }
  const { room, role } = entry;
  return conferenceNcco(room, {
    // Without its code, with which whoever reads this could report recordings that are none.
    recordingUrl: room.record === true ? await recordingUrl(base, room.conference, []) : null,
    holdMusicUrl: holdMusicUrl(base),
    role,
    others: null,
    operatorEnds: credentials(c.env) !== null,
  });
}
