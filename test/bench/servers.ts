/** The programs under comparison, each in a process of its own: Workers on bare workerd, Express on Node. */
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../support/loopback.ts";
import type { WorkerManifest } from "../support/worker-build.ts";

/** What the Workers are built for: the same for all of them. */
type Compatibility = Pick<WorkerManifest, "compatibilityDate" | "compatibilityFlags">;

export interface Running {
  readonly url: string;
  /** The same Worker in another isolate, with the same Durable Objects; the same address where there is none. */
  readonly otherUrl: string;
  stop(): Promise<void>;
}

/** Below those that outgoing connections are given. */
const PORTS = Array.from({ length: 200 }, (_, n) => 21_000 + n);
const PROGRAMS = path.join(import.meta.dirname, "programs");

/** The settings of the bridge under test; published, good for nothing else. */
export const SETTINGS = {
  VONAGE_SIGNATURE_SECRET: "benchmark-signature-secret-0123456789",
  API_TOKEN: "benchmark-token",
  VIEWER_TOKEN: "benchmark-viewer-token",
  /** One of the rooms holds a thousand. */
  MAX_PARTICIPANTS: "10000",
};

/** Who signs the webhooks, as these settings expect it. */
export const ACCOUNT = {
  signatureSecret: SETTINGS.VONAGE_SIGNATURE_SECRET,
  apiKey: "a1b2c3d4",
  applicationId: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
};

/** The classes of the bridge's Durable Objects, each bound under its name in capitals. */
export const BRIDGE_OBJECTS = ["Switchboard", "Conference", "Outbox", "Directory"];
/** Those of the floor. */
export const FLOOR_OBJECTS = ["Switchboard", "Conference"];

/** Runs a Worker's module on bare workerd, with an empty disk, KV as a service, and Durable Objects of these classes. */
export async function startWorker(
  module: string,
  objects: readonly string[],
  compatibility: Compatibility,
): Promise<Running> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "partyline-bench-"));
  const port = await freePort(PORTS);
  const otherPort = await freePort(PORTS.filter((other) => other > port));
  // A configuration embeds files by paths relative to itself.
  copyFileSync(module, path.join(folder, "main.js"));
  copyFileSync(path.join(PROGRAMS, "lines.js"), path.join(folder, "lines.js"));
  const config = path.join(folder, "config.capnp");
  writeFileSync(config, workerdConfig(folder, [port, otherPort], objects, compatibility));
  const child = spawn(workerdBinary(), ["serve", config], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    otherUrl: `http://127.0.0.1:${otherPort}`,
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true });
    },
  };
}

export function floorModule(): string {
  return path.join(PROGRAMS, "floor.js");
}

/** The documentation's and the tutorials' program. */
export async function startExpress(): Promise<Running> {
  const child = spawn(process.execPath, [path.join(PROGRAMS, "express.js")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) =>
      createInterface(child.stdout).once("line", (text) => resolve([text])),
    ),
    new Promise<never>((_, reject) =>
      child.once("exit", () => reject(new Error("Express did not start"))),
    ),
  ]);
  const { url } = JSON.parse(line) as { url: string };
  return { url, otherUrl: url, stop: () => ended(child) };
}

function workerdConfig(
  disk: string,
  [port, otherPort]: readonly [number, number],
  objects: readonly string[],
  { compatibilityDate, compatibilityFlags }: Compatibility,
): string {
  const compatibility = `compatibilityDate = "${compatibilityDate}",
  compatibilityFlags = ${JSON.stringify(compatibilityFlags)},`;
  const settings = Object.entries(SETTINGS).map(
    ([name, text]) => `(name = "${name}", text = "${text}")`,
  );
  const bindingsTo = (service: string): string =>
    [
      `(name = "LINES", kvNamespace = "lines")`,
      ...objects.map(
        (name) =>
          `(name = "${name.toUpperCase()}", durableObjectNamespace = (className = "${name}"${service}))`,
      ),
      ...settings,
    ].join(", ");
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "other", worker = .other),
    (name = "lines", worker = .lines),
    (name = "disk", disk = (path = "${disk}", writable = true)),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:${port}", http = (), service = "main"),
    (name = "other-http", address = "127.0.0.1:${otherPort}", http = (), service = "other"),
  ],
);
const lines :Workerd.Worker = (
  modules = [(name = "lines.js", esModule = embed "lines.js")],
  ${compatibility}
);
const main :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed "main.js")],
  ${compatibility}
  bindings = [${bindingsTo("")}],
  durableObjectNamespaces = [${objects.map((name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`).join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
);
const other :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed "main.js")],
  ${compatibility}
  bindings = [${bindingsTo(`, serviceName = "main"`)}],
);
`;
}

/** The very runtime that miniflare and wrangler pin. */
function workerdBinary(): string {
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  return (fromMiniflare("workerd") as { default: string }).default;
}

/** Resolves once a server accepts connections; a program that ends before is an error. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error(`the server at ${url} did not start`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve();
      return;
    }
    child.once("exit", () => resolve());
    child.kill();
  });
}
