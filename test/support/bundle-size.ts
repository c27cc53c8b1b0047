/**
 * What `npm run size` runs: builds the Worker as it deploys, without deploying it, prints what the upload weighs, and
 * fails where that is more than we allow ourselves. A small bundle starts fast and leaves room for what is to come.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildWorker, CODE_FILE } from "./worker-build.ts";

/** The rules of rooms, what is said in four languages, and the outbox come to about half of it. */
const MAX_GZIP_KIB = 64;

const outDir = mkdtempSync(path.join(os.tmpdir(), "partyline-size-"));
try {
  const code = readFileSync(path.join(await buildWorker(outDir), CODE_FILE));
  const [raw, gzip] = [code.length, gzipSync(code).length].map((bytes) => bytes / 1024);
  console.log(
    `bundle: ${raw?.toFixed(1)} KiB, ${gzip?.toFixed(1)} KiB gzip, at most ${MAX_GZIP_KIB}`,
  );
  if ((gzip ?? Number.POSITIVE_INFINITY) > MAX_GZIP_KIB) process.exitCode = 1;
} finally {
  rmSync(outDir, { recursive: true });
}
