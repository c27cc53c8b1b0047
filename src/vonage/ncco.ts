/** The NCCOs that the bridge returns (Voice API, NCCO reference). Plain JSON with real booleans, URLs in arrays. */

export interface Talk extends Voice {
  action: "talk";
  text: string;
}

/** An option that is undefined is not sent, and the carrier's default holds. */
export interface ConversationAction {
  action: "conversation";
  name: string;
  startOnEnter?: boolean | undefined;
  endOnExit?: boolean | undefined;
  musicOnHoldUrl?: [string];
  record?: boolean | undefined;
  mute?: boolean | undefined;
  eventUrl?: [string];
  eventMethod?: "POST";
}

export type Ncco = (Talk | ConversationAction)[];

/** How something is said: the carrier's text-to-speech options. */
export interface Voice {
  language?: string | undefined;
  style?: number | undefined;
  premium?: boolean | undefined;
}

/** The carrier's limit on the text of a `talk`, in characters, SSML tags not counted. */
export const MAX_SPOKEN_LENGTH = 1500;

export function talk(text: string, voice: Voice = {}): Talk {
  return { action: "talk", text: isSsml(text) ? text : plain(text), ...voice };
}

/** What a caller hears of a text: SSML without its tags. */
export function heard(text: string): string {
  return isSsml(text) ? text.replace(/<[^>]*>/g, "") : plain(text);
}

/** Outside SSML, `<` and `>` would make the carrier refuse the whole NCCO. */
function plain(text: string): string {
  return text.replace(/[<>]/g, "");
}

function isSsml(text: string): boolean {
  return /^\s*<speak\b[^]*<\/speak>\s*$/.test(text);
}

/** About how long a `talk` takes, in milliseconds: text-to-speech says some twelve characters a second. */
export function spokenMs(text: string): number {
  const CHARACTERS_PER_SECOND = 12;
  return Math.ceil((heard(text).length / CHARACTERS_PER_SECOND) * 1000);
}
