/** A live socket of the Worker's, as long as a view shows what it says. */
import { useEffect, useRef, useState } from "preact/hooks";
import {
  connect,
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
  /** What is known, or was known last; null before the first word. */
  state: State | null;
  status: FeedStatus;
  /** What the Worker says of it, where it did not let the socket come about; null where there is nothing to say. */
  refusal: Problem | null;
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
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const nudge = useRef<() => void>(() => undefined);

  useEffect(() => {
    setState(null);
    setRefusal(null);
    setStatus({ kind: "connecting", heardAt: null });
    const feed = connect({
      open: (events) => openSocket(path, events),
      apply,
      onState(next) {
        setRefusal(null);
        setState(next);
      },
      onStatus: setStatus,
      onRefused: () => void askWhy(),
      clock: CLOCK,
    });
    // A browser does not tell why a socket was refused; what it shows is read in the same way. A 401 shows the login.
    async function askWhy(): Promise<void> {
      const answer = await get(path === "/live" ? "/conferences" : path.replace(/\/live$/, ""));
      if (answer.ok || answer.error.status === 0) return;
      setRefusal(answer.error);
      if (isFinal(answer.error)) feed.close();
    }
    const onVisible = (): void => {
      if (document.hidden) return;
      feed.nudge();
      // Somebody may have logged out meanwhile.
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

  return { state, status, refusal, retry: () => nudge.current() };
}

/** Whether to ask again would be answered the same: what was asked for is wrong. */
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
