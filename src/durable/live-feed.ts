/**
 * The live sockets of one Durable Object. A new socket gets a snapshot, then deltas, which are the same for all sockets. What
 * was computed for one listener serves all of them, so no listener causes more work than listening does.
 *
 * Each message has the next `seq`. Messages are sent at most once: a client that finds a gap asks for a snapshot. An object that
 * slept begins with a new `seq`, which its clients see as a gap.
 */
import { closeAnswer, POLICY_VIOLATION, SESSION_OVER } from "./close-codes.ts";
import { PING, PONG, SNAPSHOT_REQUEST, TOO_MANY_MESSAGES } from "../contract/live-messages.ts";
import { textsOf, type Source } from "./feed-source.ts";
import { ViewerGate } from "./viewer-gate.ts";
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Deltas are at least this far apart, in milliseconds; changes in between go into one. With many sockets they are further
 * apart, so that the webhooks of a room do not wait for those who watch it.
 */
const PACE_MS = 100;
const PACE_MS_A_SOCKET = 1.25;

/** Where nothing changed, a new socket gets the last state if it is not older than this, in milliseconds. */
const FRESH_MS = 1_000;

/**
 * A client asks for a snapshot after a gap, and then waits five seconds; the platform answers pings itself. This many messages at
 * once, and one more every two seconds, is far more than that takes.
 */
const MOST_MESSAGES = 20;
const MESSAGES_PER_SECOND = 0.5;

/** Who watches. A viewer's messages are masked. */
type Audience = "operator" | "viewer";

/** Kept with a socket while its object sleeps. */
interface Attachment {
  /** When its session ends, in milliseconds since the epoch; null for an API token, which does not end. */
  until: number | null;
}

/** The Worker, not the client, writes this URL. Whoever it does not call an operator is a viewer. */
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

/** How one socket is treated. Lost when the object sleeps, which it does only while no client sends anything. */
interface Client {
  readonly messages: TokenBucket;
  /** When it last got a snapshot, in milliseconds since the epoch. */
  snapshotAt: number;
  /** Whether a snapshot is scheduled for it. */
  waits: boolean;
  /** Whether it was closed: messages that still come from it are ignored. */
  closed: boolean;
}

/** A computed state of everything that is shown. */
interface Computed<State> {
  readonly state: State;
  readonly seq: number;
  /** When that was, in milliseconds since the epoch. */
  readonly at: number;
  /** Its snapshot as text, by whether it is masked, where somebody has asked for it. */
  readonly texts: Map<boolean, string>;
}

export class LiveFeed<State> {
  readonly #ctx: DurableObjectState;
  readonly #source: Source<State>;
  /** Starts with the time, so that clients that connected before this object slept find a gap. */
  #seq = Date.now();
  /** What every client was sent up to `#seq`; null while nothing was sent since this object woke. */
  #sent: Computed<State> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sentAt = 0;
  readonly #gate: ViewerGate;
  readonly #clients = new WeakMap<WebSocket, Client>();

  constructor(ctx: DurableObjectState, source: Source<State>) {
    this.#ctx = ctx;
    this.#source = source;
    this.#gate = new ViewerGate(() => ctx.getWebSockets("viewer").length);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  get hasListeners(): boolean {
    return this.#ctx.getWebSockets().length > 0;
  }

  /** Whether the listeners have a snapshot, so that they are sent only changes. */
  get hasSent(): boolean {
    return this.#sent !== null;
  }

  /** Accepts a socket and sends it a snapshot; status 429 where there is no room for a viewer. */
  async open(request: Request): Promise<Response> {
    const { audience, until } = listenerOf(request);
    if (audience === "viewer" && !(await this.#gate.admits())) {
      return new Response(null, { status: 429 });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, [audience]);
    server.serializeAttachment({ until } satisfies Attachment);
    this.#sendSnapshot(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Call this after anything may have changed. It sends later, and nothing waits for it. */
  changed(): void {
    const sockets = this.#ctx.getWebSockets().length;
    if (sockets === 0) {
      // The next socket gets a snapshot of its own.
      this.#sent = null;
      return;
    }
    if (this.#timer !== null) return;
    const pace = paceOf(sockets);
    const pause = Math.min(pace, Math.max(0, this.#sentAt + pace - Date.now()));
    this.#timer = setTimeout(() => this.#flush(), pause);
  }

  /** Handles a client's message. Unknown ones get no answer, but count towards the limit. */
  message(socket: WebSocket, text: string | ArrayBuffer): void {
    const client = this.#clientOf(socket);
    if (client.closed) return;
    const now = Date.now();
    if (client.messages.waitMs(now) > 0) {
      this.#gate.flooded(now);
      this.#drop(socket, TOO_MANY_MESSAGES);
      return;
    }
    client.messages.take(1, now);
    if (text !== SNAPSHOT_REQUEST || client.waits) return;
    const pace = paceOf(this.#ctx.getWebSockets().length);
    const pause = Math.min(pace, client.snapshotAt + pace - now);
    if (pause <= 0) {
      this.#sendSnapshot(socket);
      return;
    }
    client.waits = true;
    setTimeout(() => {
      client.waits = false;
      if (!client.closed) this.#sendSnapshot(socket);
    }, pause);
  }

  /** Answers a client's close. */
  close(socket: WebSocket, code: number, reason: string): void {
    this.#clientOf(socket).closed = true;
    try {
      const answer = closeAnswer(code);
      socket.close(answer, answer === code ? reason : "");
    } catch {
      // It is closed already.
    }
  }

  #clientOf(socket: WebSocket): Client {
    let client = this.#clients.get(socket);
    if (client === undefined) {
      const messages = new TokenBucket(MOST_MESSAGES, MESSAGES_PER_SECOND);
      client = { messages, snapshotAt: 0, waits: false, closed: false };
      this.#clients.set(socket, client);
    }
    return client;
  }

  #drop(socket: WebSocket, reason: string): void {
    this.#clientOf(socket).closed = true;
    try {
      socket.close(POLICY_VIOLATION, reason);
    } catch {
      // It is closed already.
    }
  }

  #flush(): void {
    this.#timer = null;
    const now = Date.now();
    this.#sentAt = now;
    const [before, after] = [this.#sent, this.#source.now()];
    const seq = this.#seq + 1;
    const message =
      before === null
        ? this.#source.snapshot(after, seq)
        : this.#source.delta(before.state, after, seq);
    if (message === null) return;
    this.#seq = seq;
    this.#sent = { state: after, seq, at: now, texts: new Map() };
    this.#send(
      this.#ctx.getWebSockets(),
      textsOf(this.#source, () => message),
    );
  }

  /** Sends the state that all clients have: what happened since goes to all of them with the next delta. */
  #sendSnapshot(socket: WebSocket): void {
    const now = Date.now();
    this.#clientOf(socket).snapshotAt = now;
    const { state, seq, texts } = this.#current(now);
    this.#send(
      [socket],
      textsOf(this.#source, () => this.#source.snapshot(state, seq), texts),
    );
  }

  /** The state that all clients have; a new one where only the time differs, which sends the better `asOf`. */
  #current(now: number): Computed<State> {
    const sent = this.#sent;
    // A change goes to everybody with the next delta, under its own number.
    if (sent !== null && (this.#timer !== null || Math.abs(now - sent.at) < FRESH_MS)) return sent;
    const state = this.#source.now();
    const isSame = sent === null || this.#source.delta(sent.state, state, this.#seq) === null;
    const known = isSame
      ? { state, seq: this.#seq, at: now, texts: new Map<boolean, string>() }
      : { ...sent, at: now };
    this.#sent = known;
    return known;
  }

  #send(sockets: readonly WebSocket[], textFor: (masked: boolean) => string): void {
    for (const socket of sockets) {
      try {
        if (isOver(socket)) this.#drop(socket, SESSION_OVER);
        else socket.send(textFor(!this.#ctx.getTags(socket).includes("operator")));
      } catch {
        // It is closed. The platform reports that to the object once it notices.
      }
    }
  }
}

function paceOf(sockets: number): number {
  return Math.max(PACE_MS, sockets * PACE_MS_A_SOCKET);
}
