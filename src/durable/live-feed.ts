/**
 * The live sockets of one Durable Object: a snapshot for each newcomer, then what changed, for all of them at once. Nobody
 * who listens can make it work more than they could by listening: what was worked out is good for all of them.
 */
import { closeAnswer, POLICY_VIOLATION, SESSION_OVER } from "./close-codes.ts";
import { PING, PONG, SNAPSHOT_REQUEST, TOO_MANY_MESSAGES } from "../contract/live-messages.ts";
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Deltas are at least so far apart, in milliseconds; what happens in between goes into one. With many sockets further, so
 * that the webhooks of a watched room do not wait for those who watch it.
 */
const PACE_MS = 100;
const PACE_MS_A_SOCKET = 1.25;

/** Where nothing changed, a newcomer is told what was worked out so lately, in milliseconds: only its time is behind. */
const FRESH_MS = 1_000;

/**
 * A client asks again after it has missed something, which takes it five seconds, and pings come to nobody here. So many
 * messages at once, and one more in two seconds, is far more than that.
 */
const MOST_MESSAGES = 20;
const MESSAGES_PER_SECOND = 0.5;

/**
 * Each message costs as many sendings as there are sockets, and the pace grows with them, so that a viewer with very many
 * would slow down the feed of all. So many are as many people as ever look at one thing.
 */
const MOST_VIEWERS = 500;

/**
 * What a flooding client has sent before it hears that it is closed still comes, a thousand messages and more, and nothing
 * stops them here. So for a minute after one, viewers get new sockets one by one, in milliseconds: who floods each of them
 * costs a hundredth of the object's time, and pages come back by themselves.
 */
const WARY_MS = 60_000;
const WARY_PACE_MS = 20_000;

/** So far apart viewers get their sockets, but for the first two, so that who floods is found out before all are open. */
const ARRIVALS = 2;
const ARRIVALS_PER_SECOND = 10;
const MOST_ARRIVAL_MS = 5_000;

/** Who looks: what a viewer is sent is masked. */
export type Audience = "operator" | "viewer";

/** What stays with a socket while its object sleeps. */
interface Attachment {
  /** When its session is over, in milliseconds since the epoch; null for a token, which has no end. */
  until: number | null;
}

/** Told by the Worker in the URL that it asks an object for a socket with; a viewer is whoever it does not name. */
function listenerOf(request: Request): { audience: Audience } & Attachment {
  const { searchParams } = new URL(request.url);
  const until = searchParams.get("until");
  return {
    audience: searchParams.get("audience") === "operator" ? "operator" : "viewer",
    until: until === null ? null : Number(until),
  };
}

function isOver(socket: WebSocket): boolean {
  const { until } = (socket.deserializeAttachment() ?? { until: null }) as Attachment;
  return until !== null && until <= Date.now();
}

/** What a feed is fed by. */
export interface Source<State> {
  /** Everything that is shown, at this moment. */
  now(): State;
  snapshot(state: State, seq: number): object;
  /** What was not so in `before`; null where nothing changed. */
  delta(before: State, after: State, seq: number): object | null;
  /** A message as a viewer may see it. */
  masked(message: object): object;
}

/** How one socket is treated; forgotten while its object sleeps, which it does only where nobody says anything. */
interface Guest {
  readonly messages: TokenBucket;
  /** When it was last told how things stand, in milliseconds since the epoch. */
  toldAt: number;
  /** Whether it waits for a snapshot at the end of its pace. */
  waits: boolean;
  /** Whether it was closed, so that whatever still comes from it is nobody's. */
  out: boolean;
}

/** What was last worked out of everything that is shown. */
interface Known<State> {
  readonly state: State;
  readonly seq: number;
  /** When that was, in milliseconds since the epoch. */
  readonly at: number;
  /** The snapshot of it as text, masked and not, as far as somebody wanted it. */
  readonly texts: Map<boolean, string>;
}

export class LiveFeed<State> {
  readonly #ctx: DurableObjectState;
  readonly #source: Source<State>;
  /** Begins with the time, so that who listened before this object slept finds a gap. */
  #seq = Date.now();
  /** What everybody was told up to `#seq`; null while nobody was told anything since this object woke. */
  #told: Known<State> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #toldAt = 0;
  /** When a client was last turned out for too many messages, and when a viewer was last taken in since. */
  #floodedAt = Number.NEGATIVE_INFINITY;
  #tookAt = Number.NEGATIVE_INFINITY;
  readonly #arrivals = new TokenBucket(ARRIVALS, ARRIVALS_PER_SECOND);
  readonly #guests = new WeakMap<WebSocket, Guest>();

  constructor(ctx: DurableObjectState, source: Source<State>) {
    this.#ctx = ctx;
    this.#source = source;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  get isHeard(): boolean {
    return this.#ctx.getWebSockets().length > 0;
  }

  /** Whether those who listen know how things stand, so that they are told only what changes. */
  get hasTold(): boolean {
    return this.#told !== null;
  }

  /** Takes in a client, who is told at once how things stand. */
  async open(request: Request): Promise<Response> {
    const { audience, until } = listenerOf(request);
    if (audience === "viewer" && !(await this.#takesViewer())) {
      return new Response(null, { status: 429 });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, [audience]);
    server.serializeAttachment({ until } satisfies Attachment);
    this.#tellAll(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** To be called after anything may have changed. Nobody waits for what it sends. */
  changed(): void {
    const sockets = this.#ctx.getWebSockets().length;
    if (sockets === 0) {
      // Who comes next is told how things stand then.
      this.#told = null;
      return;
    }
    if (this.#timer !== null) return;
    const pace = paceOf(sockets);
    const pause = Math.min(pace, Math.max(0, this.#toldAt + pace - Date.now()));
    this.#timer = setTimeout(() => this.#flush(), pause);
  }

  /** A client's message; whatever it does not know is left unanswered, and counted all the same. */
  message(socket: WebSocket, text: string | ArrayBuffer): void {
    const guest = this.#guestOf(socket);
    if (guest.out) return;
    const now = Date.now();
    if (guest.messages.waitMs(now) > 0) {
      this.#floodedAt = now;
      this.#turnOut(socket, TOO_MANY_MESSAGES);
      return;
    }
    guest.messages.take(1, now);
    if (text !== SNAPSHOT_REQUEST || guest.waits) return;
    const pace = paceOf(this.#ctx.getWebSockets().length);
    const pause = Math.min(pace, guest.toldAt + pace - now);
    if (pause <= 0) {
      this.#tellAll(socket);
      return;
    }
    guest.waits = true;
    setTimeout(() => {
      guest.waits = false;
      if (!guest.out) this.#tellAll(socket);
    }, pause);
  }

  /** Answers a client's close. */
  close(socket: WebSocket, code: number, reason: string): void {
    this.#guestOf(socket).out = true;
    try {
      const answer = closeAnswer(code);
      socket.close(answer, answer === code ? reason : "");
    } catch {
      // It is gone, which is what it asked for.
    }
  }

  async #takesViewer(): Promise<boolean> {
    const pause = this.#arrivals.waitMs(Date.now());
    if (pause > MOST_ARRIVAL_MS) return false;
    this.#arrivals.take(1, Date.now());
    if (pause > 0) await scheduler.wait(pause);
    return this.#hasRoom(Date.now());
  }

  #hasRoom(now: number): boolean {
    if (this.#ctx.getWebSockets("viewer").length >= MOST_VIEWERS) return false;
    if (Math.abs(now - this.#floodedAt) > WARY_MS) return true;
    if (Math.abs(now - this.#tookAt) < WARY_PACE_MS) return false;
    this.#tookAt = now;
    return true;
  }

  #guestOf(socket: WebSocket): Guest {
    let guest = this.#guests.get(socket);
    if (guest === undefined) {
      const messages = new TokenBucket(MOST_MESSAGES, MESSAGES_PER_SECOND);
      guest = { messages, toldAt: 0, waits: false, out: false };
      this.#guests.set(socket, guest);
    }
    return guest;
  }

  #turnOut(socket: WebSocket, reason: string): void {
    this.#guestOf(socket).out = true;
    try {
      socket.close(POLICY_VIOLATION, reason);
    } catch {
      // It is gone.
    }
  }

  #flush(): void {
    this.#timer = null;
    const now = Date.now();
    this.#toldAt = now;
    const [before, after] = [this.#told, this.#source.now()];
    const seq = this.#seq + 1;
    const message =
      before === null
        ? this.#source.snapshot(after, seq)
        : this.#source.delta(before.state, after, seq);
    if (message === null) return;
    this.#seq = seq;
    this.#told = { state: after, seq, at: now, texts: new Map() };
    this.#send(this.#ctx.getWebSockets(), textsOf(this.#source, message));
  }

  /** What the others know too: what happened since goes to all of them with the next delta. */
  #tellAll(socket: WebSocket): void {
    const now = Date.now();
    this.#guestOf(socket).toldAt = now;
    const { state, seq, texts } = this.#known(now);
    this.#send(
      [socket],
      textsOf(this.#source, () => this.#source.snapshot(state, seq), texts),
    );
  }

  /** What everybody was told. Where nothing has changed since but the time, the present one is the better news. */
  #known(now: number): Known<State> {
    const told = this.#told;
    // What has changed is on its way to everybody, and comes with its own number.
    if (told !== null && (this.#timer !== null || Math.abs(now - told.at) < FRESH_MS)) return told;
    const state = this.#source.now();
    const isSame = told === null || this.#source.delta(told.state, state, this.#seq) === null;
    const known = isSame
      ? { state, seq: this.#seq, at: now, texts: new Map<boolean, string>() }
      : { ...told, at: now };
    this.#told = known;
    return known;
  }

  #send(sockets: readonly WebSocket[], textFor: (masked: boolean) => string): void {
    for (const socket of sockets) {
      try {
        if (isOver(socket)) this.#turnOut(socket, SESSION_OVER);
        else socket.send(textFor(!this.#ctx.getTags(socket).includes("operator")));
      } catch {
        // It is gone; the platform tells its object when it notices.
      }
    }
  }
}

function paceOf(sockets: number): number {
  return Math.max(PACE_MS, sockets * PACE_MS_A_SOCKET);
}

/** A message as text for viewers and for others, each worked out once and only where somebody gets it. */
function textsOf<State>(
  source: Source<State>,
  message: object | (() => object),
  texts = new Map<boolean, string>(),
): (masked: boolean) => string {
  return (masked) => {
    const known = texts.get(masked);
    if (known !== undefined) return known;
    const whole = typeof message === "function" ? (message as () => object)() : message;
    const text = JSON.stringify(masked ? source.masked(whole) : whole);
    texts.set(masked, text);
    return text;
  };
}
