/** One leg: its identity, its state, and how it is interrupted. */
import type { Method } from "../webhooks/application.ts";
import { Keypad } from "../ncco/keypad.ts";
import type { Action } from "../ncco/ncco.ts";
import { Queue } from "./queue.ts";
import type { Random } from "./random.ts";
import type { DisconnectedBy, LegIdentity } from "../webhooks/wire.ts";

export interface LegOptions extends LegIdentity {
  readonly direction: "inbound" | "outbound";
  /** The data centre that it is in. */
  readonly region: string;
  /** What chance decides about this leg. */
  readonly random: Random;
  /** How far its data centre's clock is ahead, in milliseconds. */
  readonly skewMs: number;
  /** What its caller enters or says at one prompt after the other. */
  readonly entries: readonly string[];
  /** How long its caller thinks before the first digit or word, in milliseconds of call time; a second where missing. */
  readonly thinksMs?: number | undefined;
  /** Where its events go if not to the application's event URL. */
  readonly events?: { readonly url: string; readonly method: Method };
}

/** How the end of a leg is reported. */
export type Farewell = "at-once" | "late" | "no-completed";

/** What a leg plays next; null where there is nothing. */
export type NextNcco = () => Promise<readonly Action[] | null>;

/** Long before a prompt has been said. */
const THINKING_MS = 1000;

export class Leg implements LegIdentity {
  readonly id: string;
  readonly caller: string;
  readonly line: string;
  readonly origin: string;
  readonly direction: "inbound" | "outbound";
  readonly region: string;
  readonly random: Random;
  readonly skewMs: number;
  readonly events: { readonly url: string; readonly method: Method } | undefined;
  readonly keypad = new Keypad();
  /** What its caller says where a prompt listens. */
  readonly said = new Queue<string>();
  readonly thinksMs: number;
  /** Whether its caller has begun to answer the prompt that is played. */
  isAnswering = false;
  /** Its last status, as the webhooks spell it. */
  status = "started";
  /** The conversation that it is in, `CON-…`. */
  conversation: string;
  /** Milliseconds since the epoch, by its own clock. */
  answeredAt: number | null = null;
  endedAt: number | null = null;
  /** The event URL of its conversation, to which its states are reported as well. */
  statesTo: { readonly url: string; readonly method: Method } | null = null;
  /** Whether it is in a named conversation, or waits for one to start. */
  hasArrived = false;
  muted = false;
  earmuffed = false;
  /** What is played to it beside its NCCO: a text or a URL; null for nothing. */
  playedTo: string | null = null;
  /** Tones that were sent to it. */
  tones = "";
  /** Whether the answer webhook named its caller. */
  showsNumber = true;
  /** The text that was spoken to it before its conversation, and its length in characters. */
  readonly heard: string[] = [];
  heardCharacters = 0;
  /**
   * When an NCCO first sent it into a conversation, which may be long after it was answered: between `after` and `by`, in
   * milliseconds since the epoch; and how many characters had been spoken to it by then.
   */
  sentIn: { readonly after: number; readonly by: number; readonly heardCharacters: number } | null =
    null;
  /** What its conversation plays while it waits for somebody; null for nothing. */
  holdMusic: string | null = null;
  farewell: Farewell = "at-once";
  readonly #entries: string[];
  readonly #ended = new AbortController();
  #endedBy: DisconnectedBy = "platform";
  #flow = new AbortController();
  #next: NextNcco | null = null;
  #conversations = 0;

  constructor(options: LegOptions) {
    this.id = options.id;
    this.caller = options.caller;
    this.line = options.line;
    this.origin = options.origin;
    this.direction = options.direction;
    this.region = options.region;
    this.random = options.random;
    this.skewMs = options.skewMs;
    this.events = options.events;
    this.thinksMs = options.thinksMs ?? THINKING_MS;
    this.conversation = options.origin;
    this.#entries = [...options.entries];
  }

  /** Aborted as soon as the leg ends. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get endedBy(): DisconnectedBy {
    return this.#endedBy;
  }

  /** Ends the leg. The first reason stands. */
  hangUp(by: DisconnectedBy): void {
    if (this.#ended.signal.aborted) return;
    this.#endedBy = by;
    this.#ended.abort();
    this.#flow.abort();
  }

  /** A signal for what is played from now on: aborted when the leg ends or is told to play something else. */
  startFlow(): AbortSignal {
    this.#flow = new AbortController();
    this.isAnswering = false;
    if (this.#ended.signal.aborted) this.#flow.abort();
    return this.#flow.signal;
  }

  /** Takes the leg out of what it plays. */
  redirect(next: NextNcco): void {
    this.#next = next;
    this.#flow.abort();
  }

  /** What it was told to play next, once. */
  takeRedirection(): NextNcco | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }

  /** The id of a transient conversation of its own, another one each time. */
  freshConversation(): string {
    this.#conversations += 1;
    return `CON-${this.random.branch(`conversation ${this.#conversations}`).uuid()}`;
  }

  /** What its caller enters or says at the prompt that comes now; empty for nothing. */
  nextEntry(): string {
    return this.#entries.shift() ?? "";
  }
}
