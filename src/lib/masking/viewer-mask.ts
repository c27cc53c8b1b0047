/**
 * Masks an API answer for a viewer, by an allowlist of keys: our ids, times, numbers and words, the names of our lines and
 * conferences. Of a caller only the last two characters are shown. Of what the carrier wrote, a value is shown only if it is
 * documented and cannot be anybody's name or number; everything else is hidden. Pure.
 */
import { parsedJson } from "../cut.ts";
import {
  HIDDEN,
  mask,
  WHOLE_ID,
  WHOLE_TIME,
  withoutAddresses,
  withoutNumbers,
  withoutQuotes,
} from "./mask.ts";
import { isWord } from "./shown-words.ts";

type Show = (text: string) => string;

/** A word from the code of this Worker. */
const asIs: Show = (text) => text;
/** A sentence that we wrote, or the operator for callers: without quotations, numbers and addresses. */
const prose: Show = (text) => withoutNumbers(withoutAddresses(withoutQuotes(text)));
/** A called number of ours. */
const called: Show = (text) => withoutAddresses(withoutQuotes(text));
const belowPrompts: Show = (text) => prose(text);
const id: Show = only(/^[\w.:~+-]{1,255}$/);
const name: Show = only(/^[\w.-]{1,100}$/);
const opening: Show = only(/^(?:[01]\d|2[0-4]):[0-5]\d-(?:[01]\d|2[0-4]):[0-5]\d$/);
const carriers: Show = only(WHOLE_ID);
const word: Show = (text) => (isWord(text) ? text : mask(text));

/** How each key of our own answers is shown. Under any other key, only times and known words are shown. */
const OURS = table({
  "role phase admission outcome kind state action type title eventMethod": asIs,
  "leg left dial batch conversation carrier": id,
  "name conference": name,
  id: problem,
  "subject line number key next deleted lines": called,
  "detail errors problems greeting text description language timeZone": prose,
  "musicOnHoldUrl eventUrl answer event fallback": url,
  conversation_uuid: carriers,
  value: stored,
});

/** The same for what the carrier wrote; here numbers need an entry too. */
const THEIRS = table({
  "uuid call_uuid recording_uuid id conversation_uuid conversation_uuid_from conversation_uuid_to":
    carriers,
  "timestamp start_time end_time": only(WHOLE_TIME),
  "status type direction detail disconnected_by sub_state reason timeout_reason endpoint_type":
    word,
  "duration sip_code size dtmf_seq": only(/^\d{1,4}$/),
  // Containers, and values that are never shown.
  "headers body payload dtmf speech results channel from to from_user caller rate price network":
    mask,
  "digit digits timed_out confidence text recording_url transcription_url error": mask,
});

/** Everything below these keys is about callers. SIP headers contain numbers and names. */
const CALLERS = /^(caller|from|from_user|to|headers|allow|deny|sipheader_.*)$/i;
/** Every text below these keys is shown in one way, whatever its own key. */
const BELOW = table({ prompts: belowPrompts, open: opening });

/** The kinds of journal entries that we write ourselves; the body of every other kind is the carrier's. */
const OUR_ENTRIES = new Set<unknown>(["admission", "control", "look-up"]);

/** Deeper than any webhook (`MAX_DEPTH` in `payload.ts`) within an answer of ours. */
const MAX_DEPTH = 80;

interface Place {
  readonly show: Show | undefined;
  /** Whether the whole value is about callers. */
  readonly ofCaller: boolean;
  /** Whether the carrier wrote it. */
  readonly foreign: boolean;
  readonly depth: number;
}

/** Any JSON value as a viewer sees it. Idempotent. */
export function maskedForViewer<T>(value: T): T {
  return masked(value, { show: undefined, ofCaller: false, foreign: false, depth: 0 }) as T;
}

function masked(value: unknown, place: Place): unknown {
  if (typeof value === "string") return shownText(value, place);
  if (typeof value === "number") return shownNumber(value, place);
  if (typeof value !== "object" || value === null) return value;
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => masked(item, { ...place, depth }));
  return maskedObject(value as Readonly<Record<string, unknown>>, { ...place, depth });
}

function maskedObject(object: Readonly<Record<string, unknown>>, place: Place): unknown {
  const below = place.show === belowPrompts || place.show === opening ? place.show : undefined;
  let hidden = 0;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const foreign = place.foreign || (key === "body" && !OUR_ENTRIES.has(object["kind"]));
      const ofCaller = place.ofCaller || CALLERS.test(key);
      const show = foreign ? THEIRS.get(key) : (BELOW.get(key) ?? below ?? OURS.get(key));
      const isKnown = !foreign || THEIRS.has(key) || key === "body";
      if (!isKnown) hidden += 1;
      const shownKey = isKnown ? withoutNumbers(withoutAddresses(key)) : `${HIDDEN}${hidden}`;
      return [shownKey, masked(value, { show, ofCaller, foreign, depth: place.depth })];
    }),
  );
}

function shownText(text: string, { show, ofCaller, foreign }: Place): string {
  if (text === "") return text;
  // `from` and `to` of a history are times, and no callers.
  if (!foreign && (ofCaller || show === undefined) && WHOLE_TIME.test(text)) return text;
  return ofCaller ? mask(text) : (show ?? word)(text);
}

function shownNumber(value: number, { show, ofCaller, foreign }: Place): unknown {
  if (!ofCaller && !foreign) return value;
  const text = String(value);
  return !ofCaller && show !== undefined && show(text) === text ? value : mask(text);
}

/** A URL without its credentials and its query, which may be secret. */
function url(text: string): string {
  if (!URL.canParse(text)) return mask(text);
  const { origin, pathname, search } = new URL(text);
  return `${origin}${withoutNumbers(withoutAddresses(pathname))}${search === "" ? "" : `?${HIDDEN}`}`;
}

/** The id of a problem. A hash keeps two ids apart that differ only in what is hidden. */
function problem(text: string): string {
  const shown = called(text);
  return withoutQuotes(text) === text ? shown : `${shown}${hashOf(text)}`;
}

/** FNV-1a: enough to tell two texts apart. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

/** The stored value of a line: JSON, or the name of a conference. */
function stored(text: string): string {
  if (!/^\s*[{[]/.test(text)) return name(text.trim());
  try {
    return JSON.stringify(maskedForViewer(parsedJson(text)));
  } catch {
    return HIDDEN;
  }
}

function only(shape: RegExp): Show {
  return (text) => (shape.test(text) ? text : mask(text));
}

/** `shows`: the keys that are shown in one way, separated by blanks. */
function table(shows: Readonly<Record<string, Show>>): ReadonlyMap<string, Show> {
  return new Map(
    Object.entries(shows).flatMap(([keys, show]) => keys.split(" ").map((key) => [key, show])),
  );
}
