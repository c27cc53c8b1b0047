/**
 * Keeps a live socket open: requests a snapshot after a gap, detects silence, and reconnects after a loss. Sockets, clock and
 * random numbers are passed in, so that tests need not wait.
 */
import { PING, SNAPSHOT_REQUEST, TOO_MANY_MESSAGES } from "../../contract/live-messages.ts";
import { feedMessage, type FeedMessage } from "./message.ts";

export interface FeedSocket {
  send: (text: string) => void;
  /** Closes the socket. No event comes from it after that. */
  close: () => void;
}

export interface SocketEvents {
  heard: (text: string) => void;
  /** The socket was lost, or could not be opened. `reason`: the Worker's close reason, if it closed the socket. */
  lost: (reason?: string) => void;
}

export interface FeedClock {
  now: () => number;
  /** Calls `ring` after so many milliseconds. The returned function cancels that. */
  after(ms: number, ring: () => void): () => void;
  /** From 0 to 1. */
  chance: () => number;
}

/**
 * `connecting`: no message yet. `live`: the state is up to date. `stale`: a message was missed, or the socket was silent and
 * another is being opened. `broken`: the socket was lost or could not be opened, and is tried again later.
 */
export type FeedKind = "connecting" | "live" | "stale" | "broken";

export interface FeedStatus {
  kind: FeedKind;
  /** When the last message came from the Worker, in milliseconds since the epoch; null if none came. */
  heardAt: number | null;
}

export interface FeedOptions<State, Message extends FeedMessage> {
  open: (events: SocketEvents) => FeedSocket;
  /** Null: a message was missed. */
  apply: (state: State | null, message: Message) => State | null;
  /** Called with every new state. */
  onState: (state: State) => void;
  /** Called when `kind` changes. */
  onStatus: (status: FeedStatus) => void;
  /** Called when a socket was lost before its first message: perhaps the session is over. */
  onRefused: () => void;
  clock: FeedClock;
}

export interface Feed {
  /** Checks or reopens the socket at once, for example when the page is visible again or the network is back. */
  nudge: () => void;
  close: () => void;
}

/** A socket that was silent for so long gets a ping. */
export const PING_AFTER_MS = 20_000;

/** It has so long to answer: after 45 s of silence in all, the feed is stale. */
export const PONG_WITHIN_MS = 25_000;

/** The same after a nudge: a user who returns to the page should not wait that long. */
const NUDGED_PONG_WITHIN_MS = 5_000;

/** How long to wait for a requested snapshot: it, or the request, may be lost too. */
export const SNAPSHOT_WITHIN_MS = 5_000;

const LEAST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 30_000;

/** The pause after so many failures in a row. It grows, and is random, so that not all pages reconnect at once. */
export function pauseMs(failures: number, chance: number): number {
  const most = Math.min(MOST_PAUSE_MS, LEAST_PAUSE_MS * 2 ** failures);
  return LEAST_PAUSE_MS + chance * (most - LEAST_PAUSE_MS);
}

export function openFeed<State, Message extends FeedMessage>(
  options: FeedOptions<State, Message>,
): Feed {
  const { clock } = options;
  let socket: FeedSocket | null = null;
  let state: State | null = null;
  let kind: FeedKind = "connecting";
  let heardAt: number | null = null;
  let failures = 0;
  /** Whether any message has come from this socket. */
  let spoke = false;
  /** Whether it waits for a snapshot, at first or after a gap. */
  let asking = true;
  let cancelTimer: (() => void) | null = null;
  let closed = false;

  function become(next: FeedKind): void {
    if (next === kind) return;
    kind = next;
    options.onStatus({ kind, heardAt });
  }

  function wait(ms: number, ring: () => void): void {
    cancelTimer?.();
    cancelTimer = clock.after(ms, ring);
  }

  function open(): void {
    spoke = false;
    asking = true;
    state = null;
    const mine = options.open({
      heard: (text) => {
        if (socket === mine) heard(text);
      },
      lost: (reason) => {
        if (socket === mine) lost(reason);
      },
    });
    socket = mine;
    wait(PONG_WITHIN_MS, silent);
  }

  function drop(): void {
    const gone = socket;
    socket = null;
    gone?.close();
  }

  function heard(text: string): void {
    spoke = true;
    heardAt = clock.now();
    if (!asking) wait(PING_AFTER_MS, ping);
    const message = feedMessage(text) as Message | null;
    if (message === null) return;
    const known = state;
    state = options.apply(known, message);
    if (state !== null) {
      failures = 0;
      if (asking) wait(PING_AFTER_MS, ping);
      asking = false;
      options.onState(state);
      become("live");
    } else if (known !== null) {
      asking = true;
      become("stale");
      wait(SNAPSHOT_WITHIN_MS, silent);
      socket?.send(SNAPSHOT_REQUEST);
    }
  }

  function ping(): void {
    socket?.send(PING);
    wait(PONG_WITHIN_MS, silent);
  }

  /** The connection may be dead although no close event came. */
  function silent(): void {
    if (!spoke) {
      lost();
      return;
    }
    drop();
    become("stale");
    open();
  }

  function lost(reason?: string): void {
    const refused = !spoke;
    drop();
    failures += 1;
    become("broken");
    // A client that was closed for too many messages must not return at once.
    const isTurnedOut = reason === TOO_MANY_MESSAGES;
    wait(isTurnedOut ? MOST_PAUSE_MS : pauseMs(failures, clock.chance()), open);
    if (refused) options.onRefused();
  }

  open();
  return {
    nudge() {
      if (closed) return;
      if (socket === null) {
        open();
      } else if (spoke) {
        socket.send(PING);
        wait(NUDGED_PONG_WITHIN_MS, silent);
      }
    },
    close() {
      closed = true;
      cancelTimer?.();
      drop();
    },
  };
}
