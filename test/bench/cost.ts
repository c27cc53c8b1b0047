/** What a call costs at list prices, from the operations that the cost test counts inside the real objects. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** Operations of one whole call of six webhooks. */
export interface Operations {
  readonly rowsWritten: number;
  readonly rowsRead: number;
  /** To Durable Objects, alarms included. */
  readonly requests: number;
  readonly kvReads: number;
  readonly logLines: number;
}

/** Dollars a million: Workers, KV and Durable Objects pricing pages, as of 2026-11. */
const PRICES = {
  rowsWritten: 1,
  rowsRead: 0.001,
  objectRequests: 0.15,
  workerRequests: 0.3,
  kvReads: 0.5,
  cpuMs: 0.02,
  gbSeconds: 12.5,
  logLines: 0.6,
};

const WEBHOOKS = 6;
/** Assumed, not measured: no clock here tells what the platform bills. */
const CPU_MS_A_WEBHOOK = 2;
const ACTIVE_SECONDS_A_REQUEST = 0.005;
const OBJECT_GB = 0.128;
const FREE_ROWS_A_DAY = 100_000;

/** Dollars a million calls. */
export interface Dollars {
  readonly withoutLogs: number;
  readonly logs: number;
  readonly freeCallsADay: number;
}

export function dollarsPerMillion({
  rowsWritten,
  rowsRead,
  requests,
  kvReads,
  logLines,
}: Operations): Dollars {
  return {
    withoutLogs:
      rowsWritten * PRICES.rowsWritten +
      rowsRead * PRICES.rowsRead +
      requests * PRICES.objectRequests +
      WEBHOOKS * PRICES.workerRequests +
      kvReads * PRICES.kvReads +
      WEBHOOKS * CPU_MS_A_WEBHOOK * PRICES.cpuMs +
      requests * ACTIVE_SECONDS_A_REQUEST * OBJECT_GB * PRICES.gbSeconds,
    logs: logLines * PRICES.logLines,
    freeCallsADay: Math.floor(FREE_ROWS_A_DAY / rowsWritten),
  };
}

/** What the cost test counts: of two orders of the webhooks, and of the dearer one where nobody else is in the room. */
export interface Counted {
  readonly answerFirst: Operations;
  readonly startedFirst: Operations;
  readonly alone: Operations;
}

/** Runs the cost test and reads what it counted, in the order of its cases. */
export async function countOperations(): Promise<Counted> {
  const output = await runCostTest();
  const found = Array.from(
    output.matchAll(/\{"rowsWritten":[^}]*\}/g),
    ([text]) => JSON.parse(text) as Operations,
  );
  const [answerFirst, startedFirst, , alone] = found;
  if (answerFirst === undefined || startedFirst === undefined || alone === undefined) {
    throw new Error(`the cost test counted nothing:\n${output}`);
  }
  return { answerFirst, startedFirst, alone };
}

function runCostTest(): Promise<string> {
  const vitest = path.join(
    path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
    "vitest.mjs",
  );
  const args = [
    "run",
    "--project",
    "integration",
    "test/integration/platform/cost.test.ts",
    "--silent=false",
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, ...args], {
      cwd: path.resolve(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}
