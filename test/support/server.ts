/**
 * Runs a built Worker on this machine: workerd under Miniflare, without the development proxy, with embedded KV and
 * Durable Objects whose data outlives the process.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare, NoOpLog } from "miniflare";
import * as v from "valibot";
import { CODE_FILE, MANIFEST_FILE, WorkerManifest } from "./worker-build.ts";

export interface ServerOptions {
  /** The folder that `buildWorker` filled. */
  readonly worker: string;
  /** Where KV and Durable Objects keep their data; a later server on the same folder finds it again. */
  readonly stateDir: string;
  /** The port on 127.0.0.1; 0 takes any that is free. */
  readonly port: number;
  /** The Worker's settings and secrets, as plain text bindings. */
  readonly settings: Readonly<Record<string, string>>;
  /**
   * Whether the page and the other static assets are served too; not where missing. Each request then passes through two Workers of
   * Miniflare's own, which takes longer and lets the process grow more than twice as fast. Servers under load for minutes were
   * seen to stop for many seconds with them, and not without; what they stopped for was not found out.
   */
  readonly assets?: boolean;
}

export interface Server {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Writes one entry of the KV namespace LINES: a called number (or `*`) and what it leads to. */
  putLine(number: string, value: string): Promise<void>;
  /** A Durable Object of the Worker's, to call its methods as the Worker does. */
  object(binding: string, name: string): Promise<unknown>;
  /** Ends workerd. What was answered before is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts a server and resolves when it accepts requests.
 *
 * @throws Error where the port is taken, or where the Worker does not start.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const manifest = await readManifest(options.worker);
  const miniflare = new Miniflare(miniflareOptions(manifest, options));
  try {
    const url = (await miniflare.ready).origin;
    return {
      url,
      async putLine(number, value) {
        const lines = await miniflare.getKVNamespace("LINES");
        await lines.put(number, value);
      },
      async object(binding, name) {
        return (await miniflare.getDurableObjectNamespace(binding)).getByName(name);
      },
      stop: () => miniflare.dispose(),
    };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

async function readManifest(worker: string): Promise<WorkerManifest> {
  const text = await readFile(path.join(worker, MANIFEST_FILE), "utf8");
  return v.parse(WorkerManifest, JSON.parse(text));
}

function miniflareOptions(manifest: WorkerManifest, options: ServerOptions) {
  return convertV4MiniflareOptions({
    name: manifest.name,
    modules: [{ type: "ESModule", path: path.join(options.worker, CODE_FILE) }],
    modulesRoot: options.worker,
    compatibilityDate: manifest.compatibilityDate,
    compatibilityFlags: manifest.compatibilityFlags,
    bindings: { ...options.settings },
    kvNamespaces: manifest.kvNamespaces,
    durableObjects: Object.fromEntries(
      Object.entries(manifest.durableObjects).map(([binding, className]) => [
        binding,
        { className, useSQLite: true },
      ]),
    ),
    ratelimits: manifest.rateLimits,
    ...(options.assets === true && {
      // Miniflare reads the folder's `_headers` itself.
      assets: { ...manifest.assets, routerConfig: { has_user_worker: true } },
    }),
    resourcePersistencePath: options.stateDir,
    host: "127.0.0.1",
    port: options.port,
    // Without this, Miniflare downloads a sample of Cloudflare's request properties from the internet.
    cf: false,
    log: new NoOpLog(),
    logRequests: false,
    handleStructuredLogs: () => undefined,
  });
}
