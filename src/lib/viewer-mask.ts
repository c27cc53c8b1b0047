/**
 * What a viewer gets to see of an answer: everything but who calls. A caller's number is masked but for its last two
 * digits, wherever it stands; our own lines' numbers, ids and times stay. What is not known to be harmless is masked. Pure.
 */
import { mask } from "./mask.ts";

/** Keys under which somebody's number or name stands, at any depth. SIP headers carry both. */
const CALLERS = /^(caller|from|from_user|to|headers|allow|deny|sipheader_.*)$/i;

/** Texts of our own answers that are ids, our lines' numbers, names of conferences or addresses of this Worker. */
const OURS =
  /^(leg|left|dial|batch|id|subject|name|conference|conversation|line|number|key|next|answer|event|fallback|eventUrl|musicOnHoldUrl)$/;

/** The same of what somebody else wrote: a webhook, and a line's value. `line` is in our own entries of the journal. */
const KNOWN =
  /^(uuid|call_uuid|recording_uuid|conversation_uuid(_from|_to)?|line|conference|musicOnHoldUrl|rate|price|duration|size)$/;

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;
/** What looks like a number and is none goes first; a number is five digits or more, however they are grouped. */
const NUMBER = new RegExp(
  `(?<![\\da-z])(?:${TIME.source}|${UUID.source}|[\\da-f]{32})(?![\\da-z])|(\\d(?:[\\s()./-]{0,3}\\d){4,})`,
  "gi",
);
const WHOLE_TIME = new RegExp(`^${TIME.source}$`);
const LEAST_DIGITS = 5;

/** As deep as a webhook may be (`payload.ts`), a text in it that is JSON itself, and our answer around it. */
const MAX_DEPTH = 80;

interface Place {
  /** The key of the value, or of the list that it is in. */
  key: string;
  /** Whether it is about callers as a whole. */
  ofCaller: boolean;
  /** Whether somebody else wrote it, so that not even a number in JSON is known to be none of a caller's. */
  foreign: boolean;
  depth: number;
}

/** Any JSON value without callers' numbers. To mask twice changes nothing more. */
export function maskedForViewer<T>(value: T): T {
  return masked(value, { key: "", ofCaller: false, foreign: false, depth: 0 }) as T;
}

function masked(value: unknown, place: Place): unknown {
  if (typeof value === "string") return maskedText(value, place);
  if (typeof value === "number") return maskedNumber(value, place);
  if (typeof value !== "object" || value === null) return value;
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH) return "***";
  if (Array.isArray(value)) return value.map((item) => masked(item, { ...place, depth }));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const ofCaller = place.ofCaller || CALLERS.test(key);
      const foreign = place.foreign || key === "body";
      return [withoutNumbers(key), masked(inner, { key, ofCaller, foreign, depth })];
    }),
  );
}

function maskedText(text: string, place: Place): string {
  if (place.ofCaller) return text === "" || WHOLE_TIME.test(text) ? text : mask(text);
  if ((place.foreign ? KNOWN : OURS).test(place.key)) return text;
  const json = /^\s*[{[]/.test(text) ? parsed(text) : undefined;
  if (json !== undefined) return JSON.stringify(masked(json, { ...place, foreign: true }));
  // A line's value that is no JSON is the name of a conference.
  return place.key === "value" && !place.foreign ? text : withoutNumbers(text);
}

function maskedNumber(value: number, { key, ofCaller, foreign }: Place): unknown {
  if (ofCaller) return mask(String(value));
  return foreign && !KNOWN.test(key) && Math.abs(value) >= 10 ** (LEAST_DIGITS - 1)
    ? mask(String(value))
    : value;
}

function withoutNumbers(text: string): string {
  return text.replace(NUMBER, (found: string, number: string | undefined) =>
    number === undefined ? found : mask(number.replace(/\D/g, "")),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
