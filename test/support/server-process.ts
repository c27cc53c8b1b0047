/** Starts `serve.ts` as a process group of its own, so that a test can kill Node and workerd in one stroke. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import type { ServerOptions } from "./server.ts";

export interface ServerProcess {
  readonly url: string;
  /** SIGKILL to the whole group: nothing gets to flush, close or say goodbye. Resolves when the process is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the server and resolves when it accepts requests.
 *
 * @param lines Entries of the KV namespace LINES, by called number, written before that.
 * @throws Error with what the process wrote where it ends before it is ready.
 */
export async function startServerProcess(
  options: ServerOptions,
  lines: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, serveArguments(options, lines), {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      WORKER_SETTINGS: JSON.stringify(options.settings),
      // A Miniflare that is killed leaves its temporary folder behind; here it goes with the test's data.
      TMPDIR: options.stateDir,
    },
  });
  const exited = once(child, "exit");
  const complaints: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk.toString("utf8")));

  const firstLine = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    exited.then(() => null),
  ]);
  if (firstLine === null) throw new Error(`The server did not start:\n${complaints.join("")}`);
  const { url } = v.parse(v.object({ url: v.string() }), JSON.parse(String(firstLine[0])));
  return {
    url,
    async kill() {
      const isRunning = child.exitCode === null && child.signalCode === null;
      // A negative id means the group, of which `detached` made this process the leader.
      if (isRunning && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await exited;
    },
  };
}

function serveArguments(options: ServerOptions, lines: Readonly<Record<string, string>>): string[] {
  const { worker, stateDir, port, assets = false } = options;
  return [
    path.join(import.meta.dirname, "serve.ts"),
    `--worker=${worker}`,
    `--state=${stateDir}`,
    `--port=${port}`,
    ...(assets ? ["--assets"] : []),
    ...Object.entries(lines).map(([number, value]) => `--line=${number}=${value}`),
  ];
}
