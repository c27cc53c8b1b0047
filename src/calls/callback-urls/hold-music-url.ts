/** The bridge's own hold music, for rooms that name none: an asset, which never reaches the Worker. */

/** The file in `src/assets`. */
const PATH = "/hold-music.mp3";

/** `base`: where the carrier reaches this Worker. */
export function holdMusicUrl(base: string): string {
  return new URL(PATH, base).href;
}
