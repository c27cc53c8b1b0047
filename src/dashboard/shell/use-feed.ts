/** A live socket of the Worker, open as long as a view shows its state. */
import { useEffect, useRef, useState } from "preact/hooks";
import {
  openFeed,
  type FeedClock,
  type FeedOptions,
  type FeedSocket,
  type FeedStatus,
} from "../feed/reconnecting-feed.ts";
import type { SocketEvents } from "../feed/reconnecting-feed.ts";
import type { FeedMessage } from "../feed/message.ts";
import { get, type Problem } from "./api.ts";

const CLOCK: FeedClock = {
  now: () => Date.now(),
  after(ms, ring) {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

export interface Watched<State> {
  /** The latest known state; null before the first message. */
  state: State | null;
  status: FeedStatus;
  /** Why the Worker refused the socket; null if it did not. */
  error: Problem | null;
  /** Reconnects at once. */
  retry: () => void;
}

/** `path`: the part after `/api`. `apply`: must be the same function each time. */
// Both types follow from `apply`, so that no caller writes them.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function useFeed<State, Message extends FeedMessage>(
  path: string,
  apply: FeedOptions<State, Message>["apply"],
): Watched<State> {
  const [state, setState] = useState<State | null>(null);
  const [status, setStatus] = useState<FeedStatus>({ kind: "connecting", heardAt: null });
  const [error, setError] = useState<Problem | null>(null);
  const nudge = useRef<() => void>(() => undefined);

  useEffect(() => {
    setState(null);
    setError(null);
    setStatus({ kind: "connecting", heardAt: null });
    const feed = openFeed({
      open: (events) => openSocket(path, events),
      apply,
      onState(next) {
        setError(null);
        setState(next);
      },
      onStatus: setStatus,
      onRefused: () => void askWhy(),
      clock: CLOCK,
    });
    // A browser does not tell why a socket was refused, so the same data is requested over HTTP. A 401 shows the login.
    async function askWhy(): Promise<void> {
      const answer = await get(path === "/live" ? "/conferences" : path.replace(/\/live$/, ""));
      if (answer.ok || answer.error.status === 0) return;
      setError(answer.error);
      if (isFinal(answer.error)) feed.close();
    }
    const onVisible = (): void => {
      if (document.hidden) return;
      feed.nudge();
      // The session may have ended in the meantime.
      void get("/session");
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

  return { state, status, error, retry: () => nudge.current() };
}

/** Whether another try would fail in the same way. */
export function isFinal({ status }: Problem): boolean {
  return status === 400 || status === 404;
}

function openSocket(path: string, { heard, lost }: SocketEvents): FeedSocket {
  const url = new URL(`/api${path}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  const onClose = ({ reason }: CloseEvent): void => lost(reason);
  socket.addEventListener("message", ({ data }) => heard(String(data)));
  socket.addEventListener("close", onClose);
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      socket.removeEventListener("close", onClose);
      socket.close();
    },
  };
}
