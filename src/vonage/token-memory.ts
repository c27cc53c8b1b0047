/**
 * Binds each token to the first webhook that it came with, per isolate. A token is valid for five minutes, and its hash covers
 * neither the path nor, for certain, the query of a GET. Without this, whoever gets hold of a token could send other webhooks
 * with it. A retry may repeat the token with the same webhook.
 */
import { BoundedMap } from "../lib/bounded-map.ts";
import { hex, sha256 } from "../lib/crypto.ts";

/** More than one isolate gets in five minutes, at less than two kilobytes each. */
const MOST_TOKENS = 10_000;

/** In characters. Longer contents are stored as a hash; the URLs that we make are seldom so long. */
const LONGEST_CONTENT = 1_024;

export class TokenMemory {
  readonly #seen = new BoundedMap<{ content: string; explained: boolean }>(MOST_TOKENS);

  /**
   * Whether a token with a valid signature vouches for a webhook. The first content that a token comes with is remembered.
   * `explained`: whether the token's own hash matches this content; if so, it replaces a content that did not match, which was
   * forged.
   */
  vouches(token: string, content: string, explained: boolean): boolean {
    const seen = this.#seen.get(token);
    if (seen === undefined || (explained && !seen.explained)) {
      this.#seen.set(token, { content, explained });
      return true;
    }
    return seen.content === content;
  }
}

/** What a token vouches for: method, path, query and body. The hash of a GET already covers its query. */
export async function tokenContent(
  method: string,
  { pathname, search }: Pick<URL, "pathname" | "search">,
  contentHash: string,
): Promise<string> {
  const content = `${method} ${pathname}${method === "GET" ? "" : search} ${contentHash}`;
  return content.length <= LONGEST_CONTENT
    ? content
    : hex(await sha256(new TextEncoder().encode(content)));
}
