/** Builds requests to the carrier (Vonage Voice API 1.10.0), without their token. Plain JSON with real booleans. Pure. */

export interface RestRequest {
  method: "GET" | "POST" | "PUT";
  url: string;
  body: object | null;
}

export type LegChange = "mute" | "unmute" | "earmuff" | "unearmuff" | "hangup";

/** The carrier's largest page, in calls. */
export const PAGE_SIZE = 100;

/** `origin`, here and below: from `legOrigin` or `dialOrigin`. */
export function changeLeg(origin: string, leg: string, action: LegChange): RestRequest {
  return { method: "PUT", url: callUrl(origin, leg), body: { action } };
}

export function talkToLeg(
  origin: string,
  leg: string,
  talk: { text: string; language?: string; style?: number; premium?: boolean },
): RestRequest {
  const { text, language, style, premium } = talk;
  // Undefined options are not sent: the carrier then uses its defaults.
  const body = { text, language, style, premium };
  return { method: "PUT", url: `${callUrl(origin, leg)}/talk`, body };
}

export function streamToLeg(origin: string, leg: string, url: string): RestRequest {
  return { method: "PUT", url: `${callUrl(origin, leg)}/stream`, body: { stream_url: [url] } };
}

export function lookUpLeg(origin: string, leg: string): RestRequest {
  return { method: "GET", url: callUrl(origin, leg), body: null };
}

export interface NewCall {
  /** Numbers, in digits. */
  to: string;
  from: string;
  answerUrl: string;
  eventUrl: string;
  hangUpOnMachine: boolean;
  /** How long the call may last, in milliseconds. */
  longestMs: number;
  ringSeconds?: number;
}

/** The bounds of the carrier's `length_timer`, in seconds. Without one it hangs up after two hours. */
const LENGTH_TIMER = [1, 86_400] as const;

export function makeCall(origin: string, call: NewCall): RestRequest {
  const { answerUrl, eventUrl, hangUpOnMachine, longestMs, ringSeconds } = call;
  const [least, most] = LENGTH_TIMER;
  const body = {
    to: [phone(call.to)],
    from: phone(call.from),
    answer_url: [answerUrl],
    answer_method: "POST",
    event_url: [eventUrl],
    event_method: "POST",
    machine_detection: hangUpOnMachine ? "hangup" : undefined,
    length_timer: Math.min(Math.max(Math.ceil(longestMs / 1000), least), most),
    ringing_timer: ringSeconds,
  };
  return { method: "POST", url: `${origin}/v1/calls`, body };
}

/** Lists the calls since `since` (milliseconds since the epoch), newest first. `skip`: how many were on earlier pages. */
export function listCalls(origin: string, since: number, skip: number): RestRequest {
  const query = new URLSearchParams({
    date_start: new Date(since).toISOString(),
    order: "desc",
    page_size: String(PAGE_SIZE),
    record_index: String(skip),
  });
  return { method: "GET", url: `${origin}/v1/calls?${query.toString()}`, body: null };
}

/** Whether a leg's id can be a path segment: dot segments would lead to another resource, even if they are escaped. */
export function isAddressable(leg: string): boolean {
  return leg !== "." && leg !== "..";
}

function phone(number: string): object {
  return { type: "phone", number: number.replace(/^\+/, "") };
}

function callUrl(origin: string, leg: string): string {
  return `${origin}/v1/calls/${encodeURIComponent(leg)}`;
}
