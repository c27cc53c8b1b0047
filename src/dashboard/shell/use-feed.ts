/** A live socket of the Worker's, as long as a view shows what it says. */
import { useEffect, useRef, useState } from "preact/hooks";
import {
  connect,
  type FeedClock,
  type FeedOptions,
  type FeedSocket,
  type FeedStatus,
} from "../feed/connect.ts";
import type { SocketEvents } from "../feed/connect.ts";
import type { FeedMessage } from "../feed/message.ts";
import { get } from "./api.ts";

const CLOCK: FeedClock = {
  now: () => Date.now(),
  after(ms, ring) {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

export interface Watched<State> {
  /** What is known, or was known last; null before the first word. */
  state: State | null;
  status: FeedStatus;
  /** Tries at once what would be tried in a while. */
  retry: () => void;
}

/** `path`: behind `/api`. `apply`: must be the same function each time. */
// Both types follow from `apply`, so that no caller writes them.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function useFeed<State, Message extends FeedMessage>(
  path: string,
  apply: FeedOptions<State, Message>["apply"],
): Watched<State> {
  const [state, setState] = useState<State | null>(null);
  const [status, setStatus] = useState<FeedStatus>({ kind: "connecting", heardAt: null });
  const nudge = useRef<() => void>(() => undefined);

  useEffect(() => {
    setState(null);
    setStatus({ kind: "connecting", heardAt: null });
    const feed = connect({
      open: (events) => openSocket(path, events),
      apply,
      onState: setState,
      onStatus: setStatus,
      // A browser does not tell why a socket was refused; a 401 to this shows the login.
      onRefused: () => void get("/session"),
      clock: CLOCK,
    });
    const onVisible = (): void => {
      if (!document.hidden) feed.nudge();
    };
    nudge.current = feed.nudge;
    addEventListener("online", feed.nudge);
    addEventListener("offline", feed.nudge);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      removeEventListener("online", feed.nudge);
      removeEventListener("offline", feed.nudge);
      document.removeEventListener("visibilitychange", onVisible);
      feed.close();
    };
  }, [path, apply]);

  return { state, status, retry: () => nudge.current() };
}

function openSocket(path: string, { heard, lost }: SocketEvents): FeedSocket {
  const url = new URL(`/api${path}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  socket.addEventListener("message", ({ data }) => heard(String(data)));
  socket.addEventListener("close", lost);
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      socket.removeEventListener("close", lost);
      socket.close();
    },
  };
}
