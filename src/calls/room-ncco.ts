/** The NCCO that joins somebody to a room, with the URLs that this Worker gives to the carrier. */
import { conferenceNcco, type Stay } from "../lines/speech/prompts.ts";
import type { Room } from "../lines/room.ts";
import type { Ncco } from "../vonage/ncco.ts";
import type { CallContext } from "./context.ts";
import { recordingUrl } from "./callback-urls/recording-url.ts";

/** The file in `src/assets`: a static asset, which never reaches the Worker's code. */
const HOLD_MUSIC_PATH = "/hold-music.mp3";

/** `secrets`: sign the recording URL; without any, the URL is unsigned. */
export async function roomNcco(
  room: Room,
  { role, others }: Pick<Stay, "role" | "others">,
  { baseUrl, actsOnCalls }: CallContext,
  secrets: readonly string[],
): Promise<Ncco> {
  return conferenceNcco(room, {
    recordingUrl:
      room.record === true ? await recordingUrl(baseUrl, room.conference, secrets) : null,
    holdMusicUrl: holdMusicUrl(baseUrl),
    role,
    others,
    operatorEnds: actsOnCalls,
  });
}

/** The bridge's own hold music, for rooms that name none. `base`: where the carrier reaches this Worker. */
export function holdMusicUrl(base: string): string {
  return new URL(HOLD_MUSIC_PATH, base).href;
}
