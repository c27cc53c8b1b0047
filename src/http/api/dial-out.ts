/** Calls people into a conference: whom the operator may call, from which number, and where their webhooks go. */
import { conferenceStub } from "../../conference/client.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import {
  dialPrefixes,
  maxParticipants,
  publicUrl,
  signatureSecrets,
} from "../../config/settings.ts";
import { linesTo, type LinesTo } from "../../lines/kv/lines-to.ts";
import type { DialCommand } from "../../outbox/job.ts";
import { batchReply, runCommands } from "./commands.ts";
import { dialledUrl, type Dialled } from "../../calls/outbound.ts";
import { forbidden, type Invitation } from "./requests/invitation.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { problem } from "../problem.ts";

export async function dialOut(c: ApiContext, invitation: Invitation): Promise<Response> {
  const refusal = refusalOf(c, invitation);
  if (refusal !== null) return refusal;
  const from = invitation.from === undefined ? await soleLine(c) : ok(invitation.from);
  if (!from.ok) return from.error;
  const regionUrl = await regionOf(c);
  const commands = await Promise.all(
    invitation.to.map((to) => dialCommand(c, invitation, to, from.value, regionUrl)),
  );
  const done = await runCommands(c, commands, invitation);
  return done.ok ? batchReply(c, done.value) : done.error;
}

/** Whoever gets hold of the API's token must not be able to call numbers that earn them money. */
function refusalOf(c: ApiContext, { to }: Invitation): Response | null {
  const prefixes = dialPrefixes(c.env);
  if (prefixes.length === 0) {
    const detail =
      "Nobody may be called: DIAL_PREFIXES is not set. It lists what numbers must begin with, for example: 44, 1415";
    return problem(c, 403, detail);
  }
  const refused = forbidden(to, prefixes);
  if (refused.length === 0) return null;
  const detail =
    "Nobody was called, since some numbers begin with none of the DIAL_PREFIXES. Leave them out, or extend that setting.";
  const errors = refused.map((number) => `${number}: begins with none of the DIAL_PREFIXES`);
  return problem(c, 403, detail, errors);
}

/** The number of the conference's only line. */
async function soleLine(c: ApiContext): Promise<Result<string, Response>> {
  let found: LinesTo;
  try {
    found = await linesTo(c.env.LINES, c.var.conference, maxParticipants(c.env));
  } catch (error) {
    log("lines unavailable", { reason: reasonOf(error) });
    return fail(problem(c, 503, "The lines cannot be read right now. Try again, or give from."));
  }
  const { numbers, complete } = found;
  const [number] = numbers;
  if (number === undefined) {
    return fail(problem(c, 409, "No line leads to this conference. Give from: whose call it is."));
  }
  if (numbers.length === 1 && complete) return ok(number);
  const lines = numbers.length > 1 ? numbers.slice(0, 10).join(", ") : "too many to look through";
  return fail(problem(c, 409, `It is not clear from which line to call (${lines}). Give from.`));
}

/** Where those are who are there already: in another region the new ones would not hear them. */
async function regionOf(c: ApiContext): Promise<string | null> {
  const roster = await conferenceStub(c.env, c.var.conference).roster();
  const inside = roster.filter(({ record }) => record.phase === "in");
  const regions = [...inside, ...roster].map(({ record }) => record.regionUrl);
  return regions.find((region) => region !== null) ?? null;
}

async function dialCommand(
  c: ApiContext,
  { language = "", pressOne, machineDetection }: Invitation,
  to: string,
  from: string,
  regionUrl: string | null,
): Promise<DialCommand> {
  const { conference } = c.var;
  const dial = crypto.randomUUID();
  const dialled: Dialled = { conference, dial, line: from, pressOne, language, called: to };
  const base = publicUrl(c.env, c.req.url);
  const secrets = signatureSecrets(c.env, new URL(c.req.url).hostname);
  return {
    kind: "dial",
    conference,
    dial,
    to,
    from,
    regionUrl,
    answerUrl: await dialledUrl("answer", base, dialled, secrets),
    eventUrl: await dialledUrl("event", base, dialled, secrets),
    hangUpOnMachine: machineDetection,
  };
}
