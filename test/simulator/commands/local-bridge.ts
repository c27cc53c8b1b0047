/** Starts a local bridge: the Worker, built as it deploys, with its data in a temporary folder. */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startServer } from "../../support/server.ts";
import type { Server } from "../../support/server.ts";
import { buildWorker } from "../../support/worker-build.ts";
import type { Account } from "../webhooks/signing.ts";

export interface LocalBridge extends Server {
  readonly account: Account;
  /** The bearer token of its API. */
  readonly token: string;
}

export interface LocalBridgeOptions {
  /** A word in the names of the temporary folder and of nothing else. */
  readonly name: string;
  /** Settings of the Worker beside its secrets. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether it serves the page too; not where missing. */
  readonly assets?: boolean;
  /** Ends the build early. */
  readonly interrupted: AbortSignal;
  /** A folder that `buildWorker` filled before; builds where missing. */
  readonly worker?: string;
}

/**
 * Builds and starts a bridge with secrets of its own. Its data goes when it stops, or with this process.
 *
 * @throws Error where it cannot be built or started.
 */
export async function startLocalBridge(options: LocalBridgeOptions): Promise<LocalBridge> {
  const folder = temporaryFolder(options.name);
  const account: Account = {
    signatureSecret: randomBytes(32).toString("hex"),
    apiKey: "local001",
    applicationId: "00000000-0000-4000-8000-000000000001",
  };
  const token = randomBytes(16).toString("hex");
  const worker = options.worker ?? (await build(folder, options.interrupted));
  const server = await startServer({
    worker,
    stateDir: path.join(folder, "state"),
    port: 0,
    assets: options.assets ?? false,
    settings: {
      VONAGE_SIGNATURE_SECRET: account.signatureSecret,
      VONAGE_API_KEY: account.apiKey,
      VONAGE_APPLICATION_ID: account.applicationId,
      API_TOKEN: token,
      ...options.settings,
    },
  });
  return {
    ...server,
    account,
    token,
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

/** A folder that goes with this process, also where Miniflare ends it: it exits by itself on Ctrl-C, after workerd. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), `partyline-${name}-`));
  process.once("exit", () => removeFolder(folder));
  return folder;
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function build(folder: string, interrupted: AbortSignal): Promise<string> {
  const worker = path.join(folder, "worker");
  mkdirSync(worker);
  return await buildWorker(worker, interrupted);
}
