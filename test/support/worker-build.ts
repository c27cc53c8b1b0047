/**
 * Builds the Worker and its page exactly as they deploy, with the same tool and the same settings, so that what the demo
 * and the end-to-end tests run is what an operator would upload.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import * as v from "valibot";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");

/** What a server must know about a built Worker beside its code; taken from `wrangler.toml`, so that nothing is said twice. */
export const WorkerManifest = v.object({
  name: v.string(),
  compatibilityDate: v.string(),
  compatibilityFlags: v.array(v.string()),
  kvNamespaces: v.array(v.string()),
  /** Binding to class name; all of them keep their data in SQLite. */
  durableObjects: v.record(v.string(), v.string()),
  /** Binding to how many in how many seconds. */
  rateLimits: v.record(
    v.string(),
    v.object({
      namespace_id: v.string(),
      simple: v.object({ limit: v.number(), period: v.picklist([10, 60]) }),
    }),
  ),
  assets: v.object({
    /** Where they stand and are served from. */
    directory: v.string(),
    binding: v.string(),
    /** The routes that the Worker answers, whatever assets there are. */
    run_worker_first: v.array(v.string()),
  }),
});
export type WorkerManifest = v.InferOutput<typeof WorkerManifest>;

/** The manifest's file name, beside the built code. */
export const MANIFEST_FILE = "manifest.json";

/** The built code's file name: wrangler names it after the entry `src/index.ts`. */
export const CODE_FILE = "index.js";

/** The built page's folder, beside the built code: builds that run at the same time would share the project's own. */
export const PAGE_FOLDER = "page";

/**
 * Builds the Worker into a folder and returns that folder.
 *
 * @param outDir An existing folder, best a temporary one: the tool's log goes there too.
 * @param signal Ends the build early; the promise is rejected once its processes are gone.
 * @throws Error with the tool's whole output where the build fails.
 */
export async function buildWorker(outDir: string, signal?: AbortSignal): Promise<string> {
  const page = path.resolve(outDir, PAGE_FOLDER);
  const args = ["deploy", "--dry-run", "--outdir", outDir, "--assets", page];
  await runWrangler(args, { ...quietWrangler(outDir), PAGE_DIR: page }, signal);
  const manifest = JSON.stringify(await readManifest(page), null, 2);
  await writeFile(path.join(outDir, MANIFEST_FILE), manifest);
  return outDir;
}

/** The path of wrangler's command, to be run by this very Node: `npx` and shells would put processes in between. */
export function wranglerCommand(): string {
  const manifest = createRequire(import.meta.url).resolve("wrangler/package.json");
  return path.join(path.dirname(manifest), "bin/wrangler.js");
}

function runWrangler(
  args: string[],
  environment: Record<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [wranglerCommand(), ...args], {
      cwd: PROJECT_ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    signal?.addEventListener("abort", () => child.kill(), { once: true });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed:\n${Buffer.concat(output).toString("utf8")}`));
    });
  });
}

/** Keeps the tool from asking the registry for updates, from sending usage data, and from logging in the home folder. */
function quietWrangler(logDir: string): Record<string, string> {
  return {
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_LOG_PATH: logDir,
  };
}

/** What we use of wrangler's reading of `wrangler.toml`; checked, since it calls that interface unstable. */
const WranglerConfig = v.object({
  name: v.string(),
  compatibility_date: v.string(),
  compatibility_flags: v.array(v.string()),
  kv_namespaces: v.array(v.object({ binding: v.string() })),
  ratelimits: v.array(
    v.object({
      name: v.string(),
      namespace_id: v.string(),
      simple: v.object({ limit: v.number(), period: v.picklist([10, 60]) }),
    }),
  ),
  durable_objects: v.object({
    bindings: v.array(v.object({ name: v.string(), class_name: v.string() })),
  }),
  assets: v.object({ binding: v.string(), run_worker_first: v.array(v.string()) }),
});

async function readManifest(page: string): Promise<WorkerManifest> {
  // Loading wrangler takes more than a second: only builders pay for it, not every start of a server.
  const { unstable_readConfig: readConfig } = await import("wrangler");
  const file = { config: path.join(PROJECT_ROOT, "wrangler.toml") };
  const config = v.parse(WranglerConfig, readConfig(file, { hideWarnings: true }));
  return {
    name: config.name,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    kvNamespaces: config.kv_namespaces.map(({ binding }) => binding),
    rateLimits: Object.fromEntries(
      config.ratelimits.map(({ name, namespace_id, simple }) => [name, { namespace_id, simple }]),
    ),
    durableObjects: Object.fromEntries(
      config.durable_objects.bindings.map(({ name, class_name }) => [name, class_name]),
    ),
    assets: { ...config.assets, directory: page },
  };
}
