/**
 * What each token came with. A token is good for five minutes and its hash says nothing of the address, nor anything certain of a
 * GET: whoever gets hold of one must not be able to send other webhooks with it. A retry may carry the same token again.
 */
import { BoundedMap } from "../lib/bounded-map.ts";
import { hex, sha256 } from "../lib/crypto.ts";

/** More than one isolate gets in five minutes, at less than two kilobytes each. */
const MOST_TOKENS = 10_000;

/** Characters. What is longer is remembered by its hash, which the URLs that we make ourselves seldom are. */
const LONGEST_CONTENT = 1_024;

export class TokenMemory {
  readonly #seen = new BoundedMap<{ content: string; explained: boolean }>(MOST_TOKENS);

  /**
   * Whether a token whose signature holds vouches for a webhook, which is remembered then. `explained`: whether the token's own
   * hash ties it to this content; if so, the other one that it was seen with, and did not explain, was the forged one.
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

/** All that a token vouches for. Of a GET the hash covers the query. */
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
