/** What handling one call needs beside what the request says, derived from the settings in this one place. */
import {
  maxParticipants,
  missingCredentials,
  publicUrl,
  signatureSecrets,
} from "../config/settings.ts";
import { lookUpLine, type LookUp } from "../lines/kv/look-up.ts";

export class CallContext {
  readonly env: Env;
  /** The URL of the request. */
  readonly url: URL;
  /** When the request came, in milliseconds since the epoch. */
  readonly now: number;
  /** Keeps work alive after the reply. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /**
   * Whether the carrier's token alone vouches for the webhook: it came by GET with a payload hash that no documented rule
   * explains. Set by the signature check, before any handler runs.
   */
  unexplained = false;
  #secrets: readonly string[] | undefined;
  #baseUrl: string | undefined;

  constructor(env: Env, url: URL, now: number, waitUntil: (work: Promise<unknown>) => void) {
    this.env = env;
    this.url = url;
    this.now = now;
    this.waitUntil = waitUntil;
  }

  /** Signature secrets, newest first; they also sign our callback URLs. */
  get secrets(): readonly string[] {
    return (this.#secrets ??= signatureSecrets(this.env, this.url.hostname));
  }

  /** The base of every URL that we give to the carrier, without a slash at its end. */
  get baseUrl(): string {
    return (this.#baseUrl ??= publicUrl(this.env, this.url.href));
  }

  /** The most that a line's own `maxParticipants` may be. */
  get maxParticipants(): number {
    return maxParticipants(this.env);
  }

  /** Whether the bridge has the credentials to act on calls, and so can end a room after its last moderator. */
  get actsOnCalls(): boolean {
    return missingCredentials(this.env).length === 0;
  }

  /** The line of a called number's key. Never throws. */
  lookUpLine(number: string): Promise<LookUp> {
    return lookUpLine(this.env.LINES, number, this.maxParticipants);
  }
}
