/** The NCCO actions that the bridge returns (Voice API, NCCO reference): JSON with real booleans, URLs as arrays of one. Pure. */

export interface Talk extends Voice {
  action: "talk";
  text: string;
  /** A key press ends the talk, and is the first digit of the `input` action after it. */
  bargeIn?: boolean;
}

export interface ConversationAction {
  action: "conversation";
  name: string;
  startOnEnter?: boolean;
  endOnExit?: boolean;
  musicOnHoldUrl?: [string];
  record?: boolean;
  mute?: boolean;
  eventUrl?: [string];
  eventMethod?: "POST";
}

/** The call continues with the NCCO that `eventUrl` returns or, if that fails, with the next action. */
export interface InputAction {
  action: "input";
  type: ["dtmf"];
  /** `timeOut` in seconds after the last digit. */
  dtmf: { maxDigits: number; submitOnHash: boolean; timeOut: number };
  eventUrl: [string];
  eventMethod: "POST";
}

export type Ncco = (Talk | ConversationAction | InputAction)[];

/** The carrier's text-to-speech options. */
export interface Voice {
  language?: string | undefined;
  style?: number | undefined;
  premium?: boolean | undefined;
}

/** The carrier's limit on the text of a `talk`, in characters without SSML tags. */
export const MAX_SPOKEN_LENGTH = 1500;

export function talk(text: string, { language, style, premium }: Voice = {}): Talk {
  return {
    action: "talk",
    text: isSsml(text) ? text : plain(text),
    ...omitUndefined({ language, style, premium }),
  };
}

/** Drops undefined options: the carrier then uses its defaults. */
export function omitUndefined<T extends object>(
  options: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const some: Partial<T> = {};
  for (const key in options) if (options[key] !== undefined) some[key] = options[key];
  return some as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The words that a caller hears: SSML without its tags. */
export function spokenText(text: string): string {
  return isSsml(text) ? text.replace(/<[^>]*>/g, "") : plain(text);
}

/** Outside SSML, the carrier refuses an NCCO with `<` or `>` in its text. */
function plain(text: string): string {
  return text.replace(/[<>]/g, "");
}

export function isSsml(text: string): boolean {
  return /^\s*<speak\b[^]*<\/speak>\s*$/.test(text);
}

/** Appends a plain sentence, escaped, within SSML; null if the text is not SSML. */
export function withinSsml(text: string, sentence: string): string | null {
  if (!isSsml(text)) return null;
  const escaped = sentence.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const end = text.lastIndexOf("</speak>");
  return `${text.slice(0, end)} ${escaped}${text.slice(end)}`;
}

/** About how long a `talk` takes, in milliseconds: text-to-speech speaks some twelve characters per second. */
export function spokenMs(text: string): number {
  const CHARACTERS_PER_SECOND = 12;
  return Math.ceil((spokenText(text).length / CHARACTERS_PER_SECOND) * 1000);
}
