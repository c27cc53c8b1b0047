/** `POST /conferences/:name/participants`: calls people into a conference. */
import type { CallContext } from "../../calls/context.ts";
import { outboundUrl, type OutboundCall } from "../../calls/callback-urls/outbound-url.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { dialPrefixes, maxParticipants } from "../../config/settings.ts";
import { linesTo, type LinesTo } from "../../lines/kv/lines-to.ts";
import type { DialCommand } from "../../outbox/job.ts";
import { problem } from "../problem.ts";
import { batchReply, runCommands } from "./outbox.ts";
import { callContext, type ApiContext } from "./requests/context.ts";
import { INVITATION, numbersOutside, type Invitation } from "./requests/invitation.ts";
import { readBody } from "./requests/json-body.ts";
import { carrierLanguage, refuseUnspeakable } from "./requests/speakable.ts";

export async function inviteParticipants(c: ApiContext): Promise<Response> {
  const body = await readBody(c, INVITATION);
  if (body instanceof Response) return body;
  const invitation = { ...body, language: carrierLanguage(body.language) };
  const refusal = refuseUnspeakable(c, { language: body.language }) ?? refuseNumbers(c, body);
  if (refusal !== null) return refusal;
  const from = body.from ?? (await soleLine(c));
  if (from instanceof Response) return from;
  const regionUrl = await regionOf(c);
  const call = callContext(c);
  const { conference } = c.var;
  const commands = await Promise.all(
    body.to.map((to) => dialCommand(call, conference, invitation, to, from, regionUrl)),
  );
  const batch = await runCommands(c, commands, invitation);
  return batch instanceof Response ? batch : batchReply(c, batch);
}

/** Refuses numbers outside the allowed prefixes. Otherwise a leaked API token could be used for toll fraud. */
function refuseNumbers(c: ApiContext, { to }: Invitation): Response | null {
  const prefixes = dialPrefixes(c.env);
  if (prefixes.length === 0) {
    const detail =
      "Nobody may be called: DIAL_PREFIXES is not set. It lists what numbers must begin with, for example: 44, 1415";
    return problem(c, 403, detail);
  }
  const refused = numbersOutside(to, prefixes);
  if (refused.length === 0) return null;
  const detail =
    "Nobody was called, since some numbers begin with none of the DIAL_PREFIXES. Leave them out, or extend that setting.";
  const errors = refused.map((number) => `${number}: begins with none of the DIAL_PREFIXES`);
  return problem(c, 403, detail, errors);
}

/** The number of the conference's only line; a Response where there is none, or more than one. */
async function soleLine(c: ApiContext): Promise<string | Response> {
  let found: LinesTo;
  try {
    found = await linesTo(c.env.LINES, c.var.conference, maxParticipants(c.env));
  } catch (error) {
    log("lines unavailable", { reason: reasonOf(error) });
    return problem(c, 503, "The lines cannot be read right now. Try again, or give from.");
  }
  const { numbers, complete } = found;
  const [number] = numbers;
  if (number === undefined) {
    return problem(c, 409, "No line leads to this conference. Give from: whose call it is.");
  }
  if (numbers.length === 1 && complete) return number;
  const lines = numbers.length > 1 ? numbers.slice(0, 10).join(", ") : "too many to look through";
  return problem(c, 409, `It is not clear from which line to call (${lines}). Give from.`);
}

/** The carrier's region of those who are in the conference: callers in another region would not hear them. */
async function regionOf(c: ApiContext): Promise<string | null> {
  const roster = await c.var.stub.roster();
  const inside = roster.filter(({ record }) => record.phase === "in");
  const regions = [...inside, ...roster].map(({ record }) => record.regionUrl);
  return regions.find((region) => region !== null) ?? null;
}

async function dialCommand(
  { baseUrl, secrets }: CallContext,
  conference: string,
  { language = "", pressOne, machineDetection }: Invitation,
  to: string,
  from: string,
  regionUrl: string | null,
): Promise<DialCommand> {
  const dial = crypto.randomUUID();
  const call: OutboundCall = { conference, dial, line: from, pressOne, language, called: to };
  return {
    kind: "dial",
    conference,
    dial,
    to,
    from,
    regionUrl,
    answerUrl: await outboundUrl("answer", baseUrl, call, secrets),
    eventUrl: await outboundUrl("event", baseUrl, call, secrets),
    hangUpOnMachine: machineDetection,
  };
}
