/** Everything that a caller is told. */
import { heard, spokenMs, talk, type Ncco } from "../vonage/ncco.ts";
import type { Line } from "./line.ts";

const GREETING = "Please wait while we connect you to the conference";

/** Why a caller is not put through. */
export type Refusal = "unknown-number" | "misconfigured-line" | "line-unavailable";

const REFUSALS: Record<Refusal, string> = {
  "unknown-number":
    "The number you have called is not connected to a conference. Please check the number. Goodbye.",
  "misconfigured-line":
    "We are sorry, this conference line is not set up correctly. Please tell its operator. Goodbye.",
  "line-unavailable":
    "We are sorry, we cannot connect you right now. Please call again in a moment. Goodbye.",
};

export function refusalNcco(refusal: Refusal): Ncco {
  return [talk(REFUSALS[refusal])];
}

/** What is heard when nothing is known, not even whether it was the carrier who asked. */
export function apologyNcco(): Ncco {
  return refusalNcco("line-unavailable");
}

/** The NCCO that joins a caller of `line` to its conference. `recordingUrl`: where the carrier reports recordings to. */
export function conferenceNcco(line: Line, recordingUrl: string | null): Ncco {
  const { conference: name, greeting, language, style, premium, musicOnHoldUrl, ...options } = line;
  const text = greeting ?? GREETING;
  return [
    // The carrier refuses a `talk` without words, and the whole NCCO with it.
    ...(heard(text).trim() === "" ? [] : [talk(text, { language, style, premium })]),
    {
      action: "conversation",
      name,
      ...options,
      ...(musicOnHoldUrl !== undefined && { musicOnHoldUrl: [musicOnHoldUrl] }),
      ...(line.record === true &&
        recordingUrl !== null && { eventUrl: [recordingUrl], eventMethod: "POST" }),
    },
  ];
}

/** How long the caller listens before the carrier moves them into the conference, in milliseconds. */
export function greetingMs(line: Line): number {
  return spokenMs(line.greeting ?? GREETING);
}
