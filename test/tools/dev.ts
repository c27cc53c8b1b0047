/**
 * What `npm run dev` runs: the Worker on port 8787, with settings that work at once. Further arguments go to
 * `wrangler dev` as they are.
 */
import { spawn } from "node:child_process";
import { constants, copyFileSync, existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { wranglerCommand } from "../support/worker-build.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");
const SETTINGS = path.join(PROJECT_ROOT, ".dev.vars");
const DEFAULT_PORT = "8787";

if (!existsSync(SETTINGS)) {
  // COPYFILE_EXCL: settings that somebody writes at this very moment are not overwritten.
  copyFileSync(`${SETTINGS}.example`, SETTINGS, constants.COPYFILE_EXCL);
  console.log("Made .dev.vars from .dev.vars.example: settings for this machine only.");
}

const userArguments = process.argv.slice(2);
const hasPort = userArguments.some((argument) => /^--port(=|$)/.test(argument));
const child = spawn(
  process.execPath,
  [wranglerCommand(), "dev", ...(hasPort ? [] : ["--port", DEFAULT_PORT]), ...userArguments],
  { cwd: PROJECT_ROOT, stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => child.kill(signal));
}
child.once("exit", (code, signal) => {
  // A process that a signal ended has no code; shells report 128 and the signal's number.
  process.exitCode = code ?? (signal === null ? 1 : 128 + os.constants.signals[signal]);
});
