/**
 * Many open pages of one conference without a browser: a thread that keeps their live sockets and folds what they say with
 * the page's own reducer. Apart from the load, which it would otherwise keep waiting.
 */
import assert from "node:assert/strict";
import { parentPort, Worker } from "node:worker_threads";
import type { ConferenceDelta, ConferenceSnapshot } from "../../src/contract/live-messages.ts";
import type { ConferenceView } from "../../src/contract/conference-view.ts";
import { applyConference, viewOf } from "../../src/dashboard/feed/conference-state.ts";
import type { ConferenceState } from "../../src/dashboard/feed/conference-state.ts";

type Order =
  | { readonly do: "open"; readonly url: string; readonly token: string; readonly count: number }
  | { readonly do: "compare"; readonly view: ConferenceView }
  | { readonly do: "close" };

/** What the sockets have said since they were opened. */
export interface Heard {
  /** How many show exactly the view that they were compared with, its `asOf` aside. */
  readonly equal: number;
  /** In what one of the others differs; null where there is none. */
  readonly difference: string | null;
  readonly messages: number;
  /** How often one of them missed something and asked again. */
  readonly gaps: number;
}

/** The thread's side of whoever measures. Each call resolves once it was carried out. */
export class Watchers {
  readonly #thread = new Worker(import.meta.filename);

  /** Opens so many sockets; resolves when each of them shows something. `url`: of the socket, with `ws:`. */
  async open(url: string, token: string, count: number): Promise<void> {
    await this.#ask({ do: "open", url, token, count });
  }

  async compare(view: ConferenceView): Promise<Heard> {
    return (await this.#ask({ do: "compare", view })) as Heard;
  }

  async close(): Promise<void> {
    await this.#ask({ do: "close" });
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #ask(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#thread.once("error", reject);
      this.#thread.once("message", (answer) => {
        this.#thread.off("error", reject);
        resolve(answer);
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it goes to a thread, not to a window
      this.#thread.postMessage(order);
    });
  }
}

class Watcher {
  readonly #socket: WebSocket;
  state: ConferenceState | null = null;
  messages = 0;
  gaps = 0;
  readonly shows: Promise<void>;

  constructor(url: string, token: string) {
    // Node's own sockets can send headers, which is not in the types that browsers share.
    const options = { headers: { authorization: `Bearer ${token}` } } as unknown as string[];
    const socket = new WebSocket(url, options);
    this.#socket = socket;
    this.shows = new Promise((resolve, reject) => {
      socket.addEventListener("error", () => reject(new Error(`${url} cannot be opened`)));
      socket.addEventListener("message", ({ data }) => {
        this.#hear(String(data));
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.addEventListener("close", resolve));
    this.#socket.close();
    await closed;
  }

  #hear(text: string): void {
    this.messages += 1;
    const known = this.state;
    this.state = applyConference(known, JSON.parse(text) as ConferenceSnapshot | ConferenceDelta);
    if (this.state === null && known !== null) {
      this.gaps += 1;
      this.#socket.send("snapshot");
    }
  }
}

function compared(watchers: readonly Watcher[], view: ConferenceView): Heard {
  const differences = watchers.flatMap(({ state }) => differenceOf(state, view) ?? []);
  const sum = (of: (watcher: Watcher) => number): number =>
    watchers.reduce((total, watcher) => total + of(watcher), 0);
  return {
    equal: watchers.length - differences.length,
    difference: differences[0] ?? null,
    messages: sum(({ messages }) => messages),
    gaps: sum(({ gaps }) => gaps),
  };
}

function differenceOf(state: ConferenceState | null, view: ConferenceView): string | null {
  if (state === null) return "it waits for a snapshot";
  try {
    assert.deepEqual({ ...viewOf(state), asOf: null }, { ...view, asOf: null });
    return null;
  } catch (error) {
    return String(error);
  }
}

/** The thread itself. */
function watch(port: NonNullable<typeof parentPort>): void {
  let watchers: Watcher[] = [];
  const carryOut = async (order: Order): Promise<unknown> => {
    switch (order.do) {
      case "open":
        watchers = Array.from({ length: order.count }, () => new Watcher(order.url, order.token));
        await Promise.all(watchers.map(({ shows }) => shows));
        return null;
      case "compare":
        return compared(watchers, order.view);
      case "close":
        await Promise.all(watchers.map((watcher) => watcher.close()));
        watchers = [];
        return null;
    }
  };
  port.on(
    "message",
    (order: Order) => void carryOut(order).then((answer) => port.postMessage(answer)),
  );
}

if (parentPort !== null) watch(parentPort);
