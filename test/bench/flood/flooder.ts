/**
 * Viewers who ask as fast as they can, in a thread of their own: sockets that send `snapshot` without a pause and come back
 * when they are closed, and clients that ask for all that a viewer may read. Between its rounds the thread does nothing.
 */
import http from "node:http";
import { parentPort, Worker } from "node:worker_threads";

/** What a flood is made of. */
export interface FloodPlan {
  readonly url: string;
  readonly token: string;
  readonly conference: string;
  readonly sockets: number;
  readonly clients: number;
}

/** What became of it. */
export interface Flooded {
  /** Answers by their status, and sockets by `opened`, `refused` and `closed 1008` and the like. */
  readonly tally: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly megabytes: number;
}

/** So many messages a socket sends before others get their turn on this thread. */
const AT_ONCE = 250;
/** A socket whose messages do not go out is not given more of them. */
const MOST_BUFFERED = 65_536;

/** The thread's side of whoever measures. */
export class Flooder {
  readonly #thread = new Worker(import.meta.filename);

  /** Floods until `stop`. */
  start(plan: FloodPlan): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it goes to a thread, not to a window
    this.#thread.postMessage(plan);
  }

  async stop(): Promise<Flooded> {
    const told = new Promise<Flooded>((resolve, reject) => {
      this.#thread.once("error", reject);
      this.#thread.once("message", resolve);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it goes to a thread, not to a window
    this.#thread.postMessage(null);
    return await told;
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }
}

class Flood {
  readonly #plan: FloodPlan;
  readonly #agent: http.Agent;
  readonly #tally = new Map<string, number>();
  readonly #open = new Set<WebSocket>();
  #on = true;
  #sent = 0;
  #bytes = 0;

  constructor(plan: FloodPlan) {
    this.#plan = plan;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: plan.clients });
    for (let n = 0; n < plan.clients; n += 1) void this.#ask(n);
    for (let n = 0; n < plan.sockets; n += 1) this.#connect();
  }

  stop(): Flooded {
    this.#on = false;
    for (const socket of this.#open) socket.close();
    this.#agent.destroy();
    return {
      tally: Object.fromEntries(this.#tally),
      sent: this.#sent,
      megabytes: this.#bytes / 1_000_000,
    };
  }

  async #ask(client: number): Promise<void> {
    const paths = pathsOf(this.#plan.conference);
    for (let n = client; this.#on; n += 1) {
      this.#count(await this.#get(paths[n % paths.length]?.(n) ?? ""));
    }
  }

  #get(path: string): Promise<string> {
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${this.#plan.token}` };
      const options = { agent: this.#agent, headers };
      const request = http.get(`${this.#plan.url}/api${path}`, options, (response) => {
        response.on("data", (chunk: Buffer) => (this.#bytes += chunk.length));
        response.once("end", () => resolve(String(response.statusCode)));
        response.once("error", () => resolve("broken"));
      });
      request.once("error", () => resolve("broken"));
    });
  }

  #connect(): void {
    const { url, token, conference } = this.#plan;
    const address = `${url.replace("http:", "ws:")}/api/conferences/${conference}/live`;
    // Node's own sockets can send headers, which is not in the types that browsers share.
    const options = { headers: { authorization: `Bearer ${token}` } } as unknown as string[];
    const socket = new WebSocket(address, options);
    let opened = false;
    this.#open.add(socket);
    socket.addEventListener("open", () => {
      opened = true;
      this.#count("opened");
      this.#pour(socket);
    });
    socket.addEventListener("message", ({ data }) => (this.#bytes += String(data).length));
    socket.addEventListener("close", ({ code }) => {
      this.#open.delete(socket);
      this.#count(opened ? `closed ${code}` : "refused");
      if (this.#on) setImmediate(() => this.#connect());
    });
  }

  #pour(socket: WebSocket): void {
    if (!this.#on || socket.readyState !== WebSocket.OPEN) return;
    // Node's sockets tell what is still to be sent, which is not in the types that Workers share.
    const { bufferedAmount } = socket as unknown as { bufferedAmount: number };
    const many = bufferedAmount < MOST_BUFFERED ? AT_ONCE : 0;
    for (let n = 0; n < many; n += 1) socket.send("snapshot");
    this.#sent += many;
    setImmediate(() => this.#pour(socket));
  }

  #count(what: string): void {
    if (this.#on) this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1);
  }
}

/** All that a viewer can read of a conference, mostly spelled otherwise than the time before. */
function pathsOf(name: string): ((n: number) => string)[] {
  return [
    (n) => `/conferences/${name}/history?minutes=${1 + (n % 1_440)}`,
    (n) => `/conferences/${name}?gone=true&limit=${1_000 - (n % 50)}`,
    (n) => `/conferences/${name}/events?limit=1000&after=${n % 20}`,
    () => `/conferences/${name}?gone=true`,
    (n) => `/conferences?all=true&limit=${1_000 - (n % 50)}`,
    () => "/problems",
    () => "/lines",
  ];
}

if (parentPort !== null) {
  const port = parentPort;
  let flood: Flood | null = null;
  port.on("message", (plan: FloodPlan | null) => {
    if (plan !== null) {
      flood = new Flood(plan);
    } else if (flood !== null) {
      port.postMessage(flood.stop());
      flood = null;
    }
  });
}
