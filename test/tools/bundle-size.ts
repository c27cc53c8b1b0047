/**
 * What `npm run size` runs: builds the Worker and its page as they deploy, without deploying them, prints what they
 * weigh, and fails where that is more than we allow ourselves. A small Worker starts fast; a small page opens on a phone.
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildWorker, CODE_FILE, PAGE_FOLDER } from "../support/worker-build.ts";

/** The rules of rooms, what is said in four languages, and the outbox come to about half of it. */
const MAX_WORKER_KIB = 74;

/** All of it, whichever views are opened. The charts and the numbers' formats of all countries come to about half. */
const MAX_PAGE_KIB = 90;

const outDir = mkdtempSync(path.join(os.tmpdir(), "partyline-size-"));
try {
  await buildWorker(outDir);
  const page = globSync("**/*.{html,css,js,svg}", { cwd: path.join(outDir, PAGE_FOLDER) });
  const fits = [
    weigh("Worker", [path.join(outDir, CODE_FILE)], MAX_WORKER_KIB),
    weigh(
      "page",
      page.map((file) => path.join(outDir, PAGE_FOLDER, file)),
      MAX_PAGE_KIB,
    ),
  ];
  if (fits.includes(false)) process.exitCode = 1;
} finally {
  rmSync(outDir, { recursive: true });
}

/** Prints what the files weigh together, each compressed by itself, as it is sent; tells whether that is allowed. */
function weigh(name: string, files: string[], mostKib: number): boolean {
  const contents = files.map((file) => readFileSync(file));
  const raw = kib(contents.map((content) => content.length));
  const gzip = kib(contents.map((content) => gzipSync(content).length));
  console.log(
    `${name}: ${raw.toFixed(1)} KiB, ${gzip.toFixed(1)} KiB gzip, at most ${mostKib} (${files.length} files)`,
  );
  return gzip <= mostKib;
}

function kib(bytes: number[]): number {
  return bytes.reduce((sum, one) => sum + one, 0) / 1024;
}
