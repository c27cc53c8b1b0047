/**
 * Keeps a live socket going: asks again after a gap, notices silence, and comes back after a loss. Sockets, the time and
 * chance are given to it, so that tests wait for nothing.
 */
import { PING, SNAPSHOT_REQUEST, TOO_MANY_MESSAGES } from "../../contract/live-messages.ts";
import { feedMessage, type FeedMessage } from "./message.ts";

export interface FeedSocket {
  send: (text: string) => void;
  /** Closes it; nothing is heard of it after that. */
  close: () => void;
}

export interface SocketEvents {
  heard: (text: string) => void;
  /** It is lost, or never came about. `reason`: the Worker's, where it closed it. */
  lost: (reason?: string) => void;
}

export interface FeedClock {
  now: () => number;
  /** Calls back after so many milliseconds, unless the function that it returns is called before. */
  after(ms: number, ring: () => void): () => void;
  /** From 0 to 1. */
  chance: () => number;
}

/**
 * `connecting`: nothing was heard yet. `live`: what is shown is so. `stale`: something was missed, or the socket has gone
 * silent and another is tried. `broken`: it was lost, or could not be opened, and is tried again in a while.
 */
export type FeedKind = "connecting" | "live" | "stale" | "broken";

export interface FeedStatus {
  kind: FeedKind;
  /** When the last word came from the Worker, in milliseconds since the epoch; null where none ever did. */
  heardAt: number | null;
}

export interface FeedOptions<State, Message extends FeedMessage> {
  open: (events: SocketEvents) => FeedSocket;
  /** Null: something was missed. */
  apply: (state: State | null, message: Message) => State | null;
  /** Every new state. What was shown before stays until the next one. */
  onState: (state: State) => void;
  /** Every change of its kind. */
  onStatus: (status: FeedStatus) => void;
  /** A socket was lost before it said anything: perhaps nobody is logged in any more. */
  onRefused: () => void;
  clock: FeedClock;
}

export interface Feed {
  /** Something speaks for looking at once: the page can be seen again, or the network is back. */
  nudge: () => void;
  close: () => void;
}

/** A socket that was quiet for so long is asked whether it is still there … */
export const PING_AFTER_MS = 20_000;

/** … and has so long to answer: after 45 s without a word the feed is stale. */
export const PONG_WITHIN_MS = 25_000;

/** Who comes back to the page should not have to wait for that. */
const NUDGED_PONG_WITHIN_MS = 5_000;

/** A snapshot that was asked for after a gap, and the request for it, may be lost as well. */
export const SNAPSHOT_WITHIN_MS = 5_000;

const LEAST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 30_000;

/** How long to wait after so many failures in a row: ever longer, and each page differently, or all came back at once. */
export function pauseMs(failures: number, chance: number): number {
  const most = Math.min(MOST_PAUSE_MS, LEAST_PAUSE_MS * 2 ** failures);
  return LEAST_PAUSE_MS + chance * (most - LEAST_PAUSE_MS);
}

export function connect<State, Message extends FeedMessage>(
  options: FeedOptions<State, Message>,
): Feed {
  const { clock } = options;
  let socket: FeedSocket | null = null;
  let state: State | null = null;
  let kind: FeedKind = "connecting";
  let heardAt: number | null = null;
  let failures = 0;
  /** Whether this socket has said anything. */
  let spoke = false;
  /** Whether it waits to be told how things stand, at first or after it missed something: nothing else will do then. */
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

  /** The socket may be dead without anybody having said so: networks do that. */
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
    // Who was turned out for asking too much must not begin anew at once.
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
