/** Builds the Worker and its page once for all test files of a project. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { buildWorker } from "./worker-build.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder that `buildWorker` filled. */
    worker: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `partyline-${project.name}-`));
  project.provide("worker", await buildWorker(folder));
  return () => rm(folder, { recursive: true, force: true });
}
