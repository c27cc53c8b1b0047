/** Builds the Worker and its page once for all files of tests. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { chromiumPath } from "../../support/chromium.ts";
import { buildWorker } from "../../support/worker-build.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder that `buildWorker` filled. */
    worker: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Without a browser there is nothing to build for.
  chromiumPath();
  const folder = await mkdtemp(path.join(os.tmpdir(), "partyline-browser-"));
  project.provide("worker", await buildWorker(folder));
  return () => rm(folder, { recursive: true, force: true });
}
