/** How long the Worker's code takes to start, as wrangler profiles it: the active part of its start-up, in milliseconds. */
import { spawn } from "node:child_process";
import path from "node:path";
import { wranglerCommand } from "../support/worker-build.ts";

export async function startUpMs(outDir: string): Promise<number> {
  const output = await new Promise<string>((resolve, reject) => {
    const args = ["check", "startup", "--outfile", path.join(outDir, "startup.cpuprofile")];
    const child = spawn(process.execPath, [wranglerCommand(), ...args], {
      cwd: path.resolve(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_LOG_PATH: outDir,
        NO_COLOR: "1",
      },
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    }
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(text) : reject(new Error(text))));
  });
  const active = /Active: ([\d.]+) ms/.exec(output)?.[1];
  if (active === undefined) {
    throw new Error(`wrangler did not say how long the start took:\n${output}`);
  }
  return Number(active);
}
