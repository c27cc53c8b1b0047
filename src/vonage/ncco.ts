/** The NCCOs that the bridge returns (Voice API, NCCO reference). Plain JSON with real booleans, URLs in arrays. */

export interface Talk extends Voice {
  action: "talk";
  text: string;
  /** A key that the caller presses ends the talk, and is the first of what the `input` after it takes. */
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

/** The call goes on with the NCCO that `eventUrl` answers; where that fails, with the action after this one. */
export interface InputAction {
  action: "input";
  type: ["dtmf"];
  /** `timeOut` in seconds, from the last digit on. */
  dtmf: { maxDigits: number; submitOnHash: boolean; timeOut: number };
  eventUrl: [string];
  eventMethod: "POST";
}

export type Ncco = (Talk | ConversationAction | InputAction)[];

/** How something is said: the carrier's text-to-speech options. */
export interface Voice {
  language?: string | undefined;
  style?: number | undefined;
  premium?: boolean | undefined;
}

/** The carrier's limit on the text of a `talk`, in characters, SSML tags not counted. */
export const MAX_SPOKEN_LENGTH = 1500;

export function talk(text: string, { language, style, premium }: Voice = {}): Talk {
  return {
    action: "talk",
    text: isSsml(text) ? text : plain(text),
    ...omitUndefined({ language, style, premium }),
  };
}

/** Without the options that are undefined: those are not sent, and the carrier's default holds. */
export function omitUndefined<T extends object>(
  options: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const some: Partial<T> = {};
  for (const key in options) if (options[key] !== undefined) some[key] = options[key];
  return some as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What a caller hears of a text: SSML without its tags. */
export function spokenText(text: string): string {
  return isSsml(text) ? text.replace(/<[^>]*>/g, "") : plain(text);
}

/** Outside SSML, `<` and `>` would make the carrier refuse the whole NCCO. */
function plain(text: string): string {
  return text.replace(/[<>]/g, "");
}

export function isSsml(text: string): boolean {
  return /^\s*<speak\b[^]*<\/speak>\s*$/.test(text);
}

/** SSML with a plain sentence at its end, escaped; null where the text is no SSML. */
export function withinSsml(text: string, sentence: string): string | null {
  if (!isSsml(text)) return null;
  const escaped = sentence.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const end = text.lastIndexOf("</speak>");
  return `${text.slice(0, end)} ${escaped}${text.slice(end)}`;
}

/** About how long a `talk` takes, in milliseconds: text-to-speech says some twelve characters a second. */
export function spokenMs(text: string): number {
  const CHARACTERS_PER_SECOND = 12;
  return Math.ceil((spokenText(text).length / CHARACTERS_PER_SECOND) * 1000);
}
