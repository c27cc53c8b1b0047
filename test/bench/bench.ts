/**
 * What `npm run bench` runs: builds the Worker as it deploys, runs it on bare workerd, and measures it side by side with
 * the floor and with what people have today. Every ratio is of two subjects in the same round of the same run.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import {
  buildWorker,
  CODE_FILE,
  MANIFEST_FILE,
  type WorkerManifest,
} from "../support/worker-build.ts";
import { countOperations, dollarsPerMillion } from "./cost.ts";
import {
  measureAnswers,
  measureCalls,
  measureEvents,
  measureRooms,
  measureSpread,
} from "./measures.ts";
import { chromiumPath } from "../support/chromium.ts";
import { FLOOD, measureFlood, PEOPLE as FLOODED_PEOPLE } from "./flood/flood.ts";
import { measurePage } from "./page.ts";
import { absolute, compared, meetsBar, row, single, table, type Row } from "./report.ts";
import { roughRun } from "./rough.ts";
import {
  BRIDGE_OBJECTS,
  floorModule,
  FLOOR_OBJECTS,
  startExpress,
  startWorker,
  type Running,
} from "./servers.ts";
import { startUpMs } from "./startup.ts";
import { quantile } from "./statistics.ts";
import { measureWatched, PAGES, PEOPLE } from "./watched.ts";

const HELP = `npm run bench -- [options]

Measures the bridge on this machine against a bare Worker that does the same storage work (the floor) and against
the Express programs that the carrier's documentation and tutorials teach. Takes some minutes.

  --rounds N   measured rounds of each comparison, alternating, at least 7 (default 9)
  --only A,B   some parts: exactness, speed, growth, watched (200 open pages), flood (a viewer who asks as fast as
               they can), page (a browser: left out where there is no Chromium), costs, size
  --json       print all figures as one JSON object, as the last line
  --help       this text
`;

/** In the order in which they run: the first before others leave callers in the rooms, whom the bridge counts a minute later. */
const PARTS = [
  "exactness",
  "speed",
  "growth",
  "watched",
  "flood",
  "page",
  "costs",
  "size",
] as const;
type Part = (typeof PARTS)[number];

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
} else {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 7) {
    throw new Error("--rounds must be a whole number from 7 on");
  }
  const parts = withBrowserOrLess(partsOf(values.only));
  const rows = await bench(rounds, parts);
  console.log(table(rows));
  if (values.json) console.log(JSON.stringify({ rounds, node: process.version, figures: rows }));
  process.exitCode = rows.every(meetsBar) ? 0 : 1;
}

async function bench(rounds: number, parts: readonly Part[]): Promise<Row[]> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), "partyline-bench-build-"));
  progress("building the Worker as it deploys");
  await buildWorker(outDir);
  const manifest = JSON.parse(
    readFileSync(path.join(outDir, MANIFEST_FILE), "utf8"),
  ) as WorkerManifest;
  const ours = await startWorker(path.join(outDir, CODE_FILE), BRIDGE_OBJECTS, manifest);
  const floor = await startWorker(floorModule(), FLOOR_OBJECTS, manifest);
  const express = await startExpress();
  const measures: Record<Part, () => Promise<Row[]>> = {
    exactness: () => exactness(ours.url, express.url),
    speed: () => speed(rounds, ours, floor.url, express.url),
    growth: () => growth(rounds, ours.url),
    watched: () => watched(rounds, ours.url),
    flood: () => flood(rounds, ours.url),
    page: () => page(outDir),
    costs: () => costs(),
    size: () => size(outDir),
  };
  try {
    const rows: Row[] = [];
    for (const part of parts) rows.push(...(await measures[part]()));
    return rows;
  } finally {
    await Promise.all([ours, floor, express].map((server) => server.stop()));
    rmSync(outDir, { recursive: true });
  }
}

/** @throws Error that names the parts, where one is not among them. */
function partsOf(only: string | undefined): readonly Part[] {
  if (only === undefined) return PARTS;
  const chosen = only.split(",").map((name) => name.trim());
  const unknown = chosen.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${PARTS.join(", ")}`);
  return PARTS.filter((part) => chosen.includes(part));
}

/**
 * Leaves the page out where there is no browser, and says so now: the others take minutes.
 *
 * @throws Error that says what to install, where there is nothing else to measure.
 */
function withBrowserOrLess(parts: readonly Part[]): readonly Part[] {
  if (!parts.includes("page")) return parts;
  try {
    chromiumPath();
    return parts;
  } catch (error) {
    const others = parts.filter((part) => part !== "page");
    if (others.length === 0) throw error;
    progress(`without the page: ${error instanceof Error ? error.message : String(error)}`);
    return others;
  }
}

async function speed(
  rounds: number,
  ours: Running,
  floor: string,
  express: string,
): Promise<Row[]> {
  const subjects = [
    { name: "bridge", url: ours.url },
    { name: "floor", url: floor },
    { name: "Express", url: express },
  ];
  progress("answer webhooks, one caller at a time");
  const one = await measureAnswers(subjects, rounds, 1, 500);
  progress("answer webhooks, eight callers at once");
  const eight = await measureAnswers(subjects, rounds, 8, 600);
  progress("event webhooks, eight callers at once");
  const stranger = { name: "stranger", url: ours.url, eventsTo: ours.otherUrl };
  const events = await measureEvents([...subjects, stranger], rounds, 8, 400);
  progress("whole calls, eight at once");
  const calls = await measureCalls(
    [subjects[0], subjects[2]].filter((subject) => subject !== undefined),
    rounds,
    8,
    60,
  );
  const callsPerSecond = [...calls].map(([name, runs]) =>
    row(`whole calls of six webhooks, ${name}`, scaled(absolute("", runs)[2], 1 / 6), "/s"),
  );
  return [
    ...[...one].flatMap(([name, runs]) =>
      absolute(`answer, one caller, ${name}`, runs).slice(0, 2),
    ),
    ...[...eight].flatMap(([name, runs]) => absolute(`answer, eight callers, ${name}`, runs)),
    row("answer p50 over the floor, one caller", compared(one, "bridge", "floor", "p50"), "", {
      kind: "at most",
      value: 1.4,
    }),
    row("answer p50 over the floor, eight callers", compared(eight, "bridge", "floor", "p50"), "", {
      kind: "at most",
      value: 1.4,
    }),
    row("answer requests/s over the floor", compared(eight, "bridge", "floor", "perSecond"), "", {
      kind: "at least",
      value: 0.7,
    }),
    row("answer requests/s over Express", compared(eight, "bridge", "Express", "perSecond"), ""),
    ...[...events].flatMap(([name, runs]) => absolute(`event, eight callers, ${name}`, runs)),
    row("event requests/s over its floor", compared(events, "bridge", "floor", "perSecond"), "", {
      kind: "at least",
      value: 0.6,
    }),
    row(
      "the same to an isolate that does not know the legs",
      compared(events, "stranger", "floor", "perSecond"),
      "",
    ),
    row("event requests/s over Express", compared(events, "bridge", "Express", "perSecond"), ""),
    ...callsPerSecond,
  ];
}

function scaled(of: Row | undefined, factor: number): Row["figure"] {
  const { median, low, high } = of?.figure ?? single(Number.NaN);
  return { median: median * factor, low: low * factor, high: high * factor };
}

async function growth(rounds: number, url: string): Promise<Row[]> {
  progress("webhooks in rooms of 10, 100 and 1,000");
  const rooms = await measureRooms(url, [10, 100, 1_000], rounds, 100);
  progress("webhooks over 1, 100 and 1,000 rooms");
  const spread = await measureSpread(url, [1, 100, 1_000], rounds, 200);
  return [
    row("webhook in a room of 100, over one of 10", compared(rooms, "100", "10", "p50"), ""),
    row("webhook in a room of 1,000, over one of 10", compared(rooms, "1000", "10", "p50"), "", {
      kind: "at most",
      value: 1.2,
    }),
    row("webhook over 100 rooms, over one", compared(spread, "100", "1", "p50"), ""),
    row("webhook over 1,000 rooms, over one", compared(spread, "1000", "1", "p50"), ""),
  ];
}

async function exactness(ours: string, express: string): Promise<Row[]> {
  progress("a rough carrier, for both");
  const { truth, bridge, express: counted } = await roughRun(ours, express, 1);
  return [
    row("rough carrier: people in the room", single(truth), ""),
    row("rough carrier: error of the bridge's count", single(Math.abs(bridge - truth)), "", {
      kind: "at most",
      value: 0,
    }),
    row("rough carrier: error of the tutorials' count", single(Math.abs(counted - truth)), ""),
  ];
}

async function watched(rounds: number, url: string): Promise<Row[]> {
  progress(`events in a room of ${PEOPLE}, with ${PAGES} pages open on it and with none`);
  const { runs, messages, gaps } = await measureWatched(url, rounds);
  return [
    ...absolute(`event, ${PAGES} open pages`, runs.get("watched") ?? []),
    ...absolute("event, none open", runs.get("alone") ?? []),
    row(
      `event requests/s with ${PAGES} open pages, over none`,
      compared(runs, "watched", "alone", "perSecond"),
      "",
      { kind: "at least", value: 0.7 },
    ),
    row(`pages of ${PAGES} that end with the API's view, in every round`, single(PAGES), ""),
    row("messages to each page in a round", messages, ""),
    row("gaps that a page saw", single(gaps), ""),
  ];
}

async function flood(rounds: number, url: string): Promise<Row[]> {
  const { sockets, clients } = FLOOD;
  progress(
    `answers in a room of ${FLOODED_PEOPLE}, with ${sockets} sockets and ${clients} clients of a viewer that flood it`,
  );
  const { calm, flooded, ratio, first, unchecked, got } = await measureFlood(url, rounds);
  const tally = Object.entries(got.tally).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    row("answer, nobody floods, p95", calm, "ms"),
    row("answer, a viewer floods, p95", flooded, "ms"),
    row("answer p95 in a flood, over none", ratio, "", { kind: "at most", value: 3 }),
    row("the same of the first flood", first, ""),
    row("callers let in unchecked", single(unchecked), "", { kind: "at most", value: 0 }),
    row("flood: messages sent on sockets", single(got.sent), ""),
    row("flood: received", single(got.megabytes), "MB"),
    ...tally.map(([what, times]) => row(`flood: ${what}`, single(times), "")),
  ];
}

async function page(outDir: string): Promise<Row[]> {
  progress("from a webhook to the open page of a conference");
  const latencies = await measurePage(outDir);
  return [
    row("webhook to the open page, p50", single(quantile(latencies, 0.5)), "ms"),
    row("webhook to the open page, p95", single(quantile(latencies, 0.95)), "ms", {
      kind: "at most",
      value: 300,
    }),
  ];
}

async function costs(): Promise<Row[]> {
  progress("what a call costs");
  const { answerFirst, startedFirst, alone } = await countOperations();
  const dollars = dollarsPerMillion(alone);
  return [
    row("rows written a call, answer first", single(answerFirst.rowsWritten), "", {
      kind: "at most",
      value: 20,
    }),
    row("rows written a call, started and ringing first", single(startedFirst.rowsWritten), "", {
      kind: "at most",
      value: 20,
    }),
    row("the same with nobody else in the room", single(alone.rowsWritten), "", {
      kind: "at most",
      value: 20,
    }),
    row(
      "Durable Object requests a call",
      single(Math.max(answerFirst.requests, startedFirst.requests)),
      "",
      { kind: "at most", value: 17 },
    ),
    row("KV reads a call", single(alone.kvReads), ""),
    row("log lines a call", single(alone.logLines), ""),
    row("dollars a million calls, without logs", single(dollars.withoutLogs), "$", {
      kind: "at most",
      value: 25,
    }),
    row("dollars a million calls, logs", single(dollars.logs), "$"),
    row("calls a day that fit the free plan", single(dollars.freeCallsADay), ""),
  ];
}

async function size(outDir: string): Promise<Row[]> {
  progress("size and start-up");
  const code = readFileSync(path.join(outDir, CODE_FILE));
  const starts: number[] = [];
  for (let n = 0; n < 7; n++) starts.push(await startUpMs(outDir));
  const sorted = starts.toSorted((a, b) => a - b);
  return [
    row("bundle", single(code.length / 1024), "KiB"),
    row("bundle, gzip", single(gzipSync(code).length / 1024), "KiB", {
      kind: "at most",
      value: 76,
    }),
    row("start-up", { median: sorted[3] ?? 0, low: sorted[1] ?? 0, high: sorted[5] ?? 0 }, "ms", {
      kind: "at most",
      value: 25,
    }),
  ];
}

function progress(what: string): void {
  console.error(`… ${what}`);
}
