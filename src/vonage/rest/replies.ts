/**
 * Parses the carrier's replies (Vonage Voice API 1.10.0, and recorded error bodies). Lenient, field by field, like the parsing of
 * webhooks: a field of the wrong type counts as missing. Pure.
 */
import { parsedJson } from "../../lib/cut.ts";
import { quoted } from "../../lib/masking/mask.ts";
import { id, text } from "../fields.ts";
import { isObject, type Payload } from "../payload.ts";

export interface RestReply {
  status: number;
  body: string;
}

export interface CallReport {
  leg: string;
  /** In lower case. */
  status: string | null;
  /** Numbers in digits; null if the endpoint is no phone. */
  to: string | null;
  from: string | null;
}

/** The call that was asked for, or that was made; null if the body is not one. */
export function readCall({ body }: RestReply): CallReport | null {
  return callOf(parse(body));
}

/** A page of calls, and how many calls there are on all pages; null if the body is not one. */
export function readPage({ body }: RestReply): { calls: CallReport[]; count: number } | null {
  const { count, _embedded: embedded } = parse(body);
  const calls = isObject(embedded) ? embedded["calls"] : null;
  if (typeof count !== "number" || !Array.isArray(calls)) return null;
  return { count, calls: calls.flatMap((call: unknown) => callOf(objectOf(call)) ?? []) };
}

/** Why the carrier refused, as a sentence that quotes the carrier's own words. */
export function refusalReason({ status, body }: RestReply): string {
  const { title, error_title: errorTitle, detail, invalid_parameters: list } = parse(body);
  const parameters = (Array.isArray(list) ? list : [])
    .map((parameter: unknown) => objectOf(parameter))
    .map(({ name, reason }) => `${text(name) ?? ""} ${text(reason) ?? ""}`)
    .join(", ");
  const words = [text(title) ?? text(errorTitle), text(detail), parameters]
    .filter(Boolean)
    .join(": ");
  return `the carrier answered ${status}${words === "" ? "" : `: ${quoted(words)}`}`;
}

function callOf({ uuid, status, to, from }: Payload): CallReport | null {
  const leg = id(uuid);
  if (leg === null) return null;
  const word = text(status)?.toLowerCase() ?? null;
  return { leg, status: word, to: numberOf(to), from: numberOf(from) };
}

/** An endpoint is an object in the specification, and an array of one in the fixtures of the carrier's PHP SDK. */
function numberOf(party: unknown): string | null {
  const { number } = objectOf(Array.isArray(party) ? party[0] : party);
  return text(number)?.replace(/^\+/, "") ?? null;
}

function parse(body: string): Payload {
  try {
    return objectOf(parsedJson(body));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Payload {
  return isObject(value) ? value : {};
}
