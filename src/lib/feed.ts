/** The live sockets of one Durable Object: a snapshot for each newcomer, then what changed, for all of them at once. */

/** A client's messages, and the answer to the one that the platform gives without waking the object. */
const ASKS_AGAIN = "snapshot";
const PING = "ping";
const PONG = "pong";

/**
 * Deltas are at least so far apart, in milliseconds; what happens in between goes into one. With many sockets further, so
 * that the webhooks of a watched room do not wait for those who watch it.
 */
const PACE_MS = 100;
const PACE_MS_A_SOCKET = 1.25;

/** Who looks: what a viewer is sent is masked. */
export type Audience = "operator" | "viewer";

/** What stays with a socket while its object sleeps. */
interface Attachment {
  /** When its session is over, in milliseconds since the epoch; null for a token, which has no end. */
  until: number | null;
}

/** Closed for a reason of ours: the client must log in again (RFC 6455, policy violation). */
const SESSION_OVER = 1008;

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

export class Feed<State> {
  readonly #ctx: DurableObjectState;
  readonly #source: Source<State>;
  /** Begins with the time, so that who listened before this object slept finds a gap. */
  #seq = Date.now();
  /** What everybody was told up to `#seq`; null while nobody was told anything since this object woke. */
  #told: State | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #toldAt = 0;

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
  open(request: Request): Response {
    const { audience, until } = listenerOf(request);
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
    const pace = Math.max(PACE_MS, sockets * PACE_MS_A_SOCKET);
    const pause = Math.min(pace, Math.max(0, this.#toldAt + pace - Date.now()));
    this.#timer = setTimeout(() => this.#flush(), pause);
  }

  /** A client's message; whatever it does not know is left unanswered. */
  message(socket: WebSocket, text: string | ArrayBuffer): void {
    if (text === ASKS_AGAIN) this.#tellAll(socket);
  }

  /** A client that closes waits for the answer, which the platform does not give by itself. */
  close(socket: WebSocket): void {
    socket.close(1000);
  }

  #flush(): void {
    this.#timer = null;
    this.#toldAt = Date.now();
    const [before, after] = [this.#told, this.#source.now()];
    const seq = this.#seq + 1;
    const message =
      before === null ? this.#source.snapshot(after, seq) : this.#source.delta(before, after, seq);
    if (message === null) return;
    this.#seq = seq;
    this.#told = after;
    this.#send(message, this.#ctx.getWebSockets());
  }

  /** What the others know too: what happened since goes to all of them with the next delta. */
  #tellAll(socket: WebSocket): void {
    const now = this.#source.now();
    // Where nothing has changed but the time, the present one is the better news.
    if (this.#told === null || this.#source.delta(this.#told, now, this.#seq) === null) {
      this.#told = now;
    }
    this.#send(this.#source.snapshot(this.#told, this.#seq), [socket]);
  }

  #send(message: object, sockets: readonly WebSocket[]): void {
    const texts = new Map<boolean, string>();
    for (const socket of sockets) {
      const masked = !this.#ctx.getTags(socket).includes("operator");
      let text = texts.get(masked);
      if (text === undefined) {
        text = JSON.stringify(masked ? this.#source.masked(message) : message);
        texts.set(masked, text);
      }
      try {
        if (isOver(socket)) socket.close(SESSION_OVER, "the session is over");
        else socket.send(text);
      } catch {
        // It is gone; the platform tells its object when it notices.
      }
    }
  }
}
