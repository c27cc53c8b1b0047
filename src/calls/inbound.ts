/** Inbound calls: from the answer webhook to the NCCO, within one deadline, whatever fails. */
import { tellProblem } from "../directory/client.ts";
import { log, reasonOf } from "../lib/log.ts";
import { entryOf, policyRefusal, questionOf } from "../lines/parse/access.ts";
import type { Line } from "../lines/parse/line.ts";
import { promptNcco } from "../lines/speech/prompts.ts";
import type { AnswerRequest } from "../vonage/answer-request.ts";
import { admitCaller, refuseCaller, type Answer } from "./admit.ts";
import type { CallContext } from "./context.ts";
import { promptUrl } from "./callback-urls/prompt-url.ts";

export async function answerInbound(request: AnswerRequest, context: CallContext): Promise<Answer> {
  const { leg, number, caller } = request;
  const found = await context.lookUpLine(number);
  switch (found.kind) {
    case "line": {
      const { line } = found;
      const refusal = policyRefusal(line, caller, context.now);
      return refusal === null
        ? await enter(request, line, context)
        : await refuseCaller(leg, refusal, line, context);
    }
    case "misconfigured":
      log("line misconfigured", { key: found.key, problems: found.problems });
      tellProblem(context.env, context.waitUntil, {
        kind: "misconfigured-line",
        subject: found.key,
        detail: `Callers of ${number} hear an apology: ${found.problems.join("; ")}.`,
      });
      return await refuseCaller(leg, "misconfigured-line", {}, context);
    case "unknown":
      tellProblem(context.env, context.waitUntil, {
        kind: "unknown-number",
        subject: number,
        detail: `${number} was called and has no line, and there is no default line.`,
      });
      return await refuseCaller(leg, "unknown-number", {}, context);
    case "unavailable":
      log("lines unavailable", { reason: reasonOf(found.error) });
      return await refuseCaller(leg, "line-unavailable", {}, context);
  }
}

async function enter(request: AnswerRequest, line: Line, context: CallContext): Promise<Answer> {
  const entry = entryOf(line);
  if (entry.kind === "open") return await admitCaller(request, entry.room, entry.role, context);
  const { leg, number, caller, origin, regionUrl } = request;
  // Without an id the answer to a prompt could not be told from another caller's.
  if (leg === null) return await refuseCaller(leg, "line-unavailable", line, context);
  const asked = { leg, line: number, kind: entry.kind, attempt: 1, room: "", language: "" };
  const step = { ...asked, region: regionUrl ?? "", caller, origin: origin ?? "" };
  const eventUrl = await promptUrl(context.baseUrl, step, context.secrets);
  const speech = entry.kind === "pin" ? entry.door.room : line;
  const ncco = promptNcco(questionOf(entry), true, eventUrl, speech);
  return { ncco, conference: null, outcome: "asked" };
}
