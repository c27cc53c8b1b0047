/** The layout of the code: which folder may import which, no circles, and folders and files that one can take in. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  circlesIn,
  filesUnder,
  grouped,
  importGraph,
  importsIn,
  type Graph,
} from "../support/source-tree.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAX_FILES_IN_A_FOLDER = 15;
const MAX_LINES = 250;
const MAX_MEDIAN_LINES = 60;
/** One file a part of the page, and files that are no code. */
const UNCOUNTED_FOLDERS = ["src/dashboard/styles", "src/dashboard/pictures", "test/fixtures"];

/** Files and folders within a folder that the direction of imports tells apart from the rest of it. */
const PARTS = [
  "conference/client.ts",
  "conference/effects",
  "conference/state",
  "conference/storage",
  "directory/client.ts",
  "http/api",
  "http/app.ts",
  "http/webhooks",
  "lines/files",
  "lines/kv",
  "lines/parse",
  "lines/speech",
  "lines/speech/catalogue",
  "outbox/client.ts",
  "switchboard/client.ts",
].toSorted((a, b) => b.length - a.length);

const CARRIER = ["lib", "vonage"];
/** What a line means. The Worker's settings and what it tells its clients stand beside it. */
const LINES = ["lines", "lines/speech/catalogue", "lines/speech", "lines/parse"];
const STATE = [...CARRIER, "config", "contract", ...LINES, "conference/state"];
/** How the Durable Objects reach each other. */
const CLIENTS = [
  "conference/client.ts",
  "directory/client.ts",
  "outbox/client.ts",
  "switchboard/client.ts",
];
const OBJECT = [...STATE, "lines/files", "lines/kv", "durable", ...CLIENTS];
const CALLS = [...OBJECT, "directory", "outbox", "switchboard"];
const HTTP = [...CALLS, "calls", "http"];

/** What each part may import beside itself: parts of src, or single files of them. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  vonage: ["lib"],
  config: CARRIER,
  contract: CARRIER,
  "lines/speech/catalogue": [],
  lines: [...CARRIER, "lines/speech/catalogue"],
  "lines/speech": [...CARRIER, "lines", "lines/speech/catalogue"],
  "lines/parse": [...CARRIER, ...LINES],
  "lines/files": [...CARRIER, ...LINES],
  "lines/kv": [...CARRIER, ...LINES, "lines/files"],
  "conference/state": STATE,
  durable: STATE,
  "conference/client.ts": [...STATE, "durable"],
  "directory/client.ts": [...STATE, "durable", "directory"],
  "outbox/client.ts": [...STATE, "durable", "outbox"],
  "switchboard/client.ts": [...STATE, "durable", "switchboard"],
  "conference/storage": [...STATE, "durable"],
  "conference/effects": [...OBJECT, "conference/storage"],
  conference: [...OBJECT, "conference/storage", "conference/effects"],
  switchboard: OBJECT,
  outbox: OBJECT,
  directory: OBJECT,
  calls: CALLS,
  http: HTTP,
  "http/webhooks": HTTP,
  "http/api": HTTP,
  "http/app.ts": [...HTTP, "http/webhooks", "http/api"],
  "index.ts": ["http/app.ts", "conference", "directory", "outbox", "switchboard"],
  // The page. What it shares with the Worker it takes from the contract, and some pure functions.
  dashboard: ["contract", "lib/cut.ts", "lib/result.ts", "vonage/ncco.ts", "vonage/numbers.ts"],
};

/** The part that a file of src belongs to: one of `PARTS`, or else the folder directly in src, or the file itself. */
function partOf(file: string): string {
  const part = PARTS.find((one) => file === one || file.startsWith(`${one}/`));
  return part ?? file.split("/", 1)[0] ?? file;
}

/** Imports that the table does not allow. */
function forbidden(graph: Graph): string[] {
  return Array.from(graph, ([file, targets]) => {
    const part = partOf(file);
    const allowed = new Set([part, ...(MAY_IMPORT[part] ?? [])]);
    return [...targets]
      .filter((target) => !allowed.has(partOf(target)) && !allowed.has(target))
      .map((target) => `${file} → ${target}`);
  }).flat();
}

/** A graph of a few made-up files. */
function made(edges: Readonly<Record<string, string[]>>): Graph {
  return new Map(Object.entries(edges).map(([file, targets]) => [file, new Set(targets)]));
}

/** Folders that hold more files directly than one can take in, and how many. */
function crowded(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, n]) => n > MAX_FILES_IN_A_FOLDER && !UNCOUNTED_FOLDERS.includes(folder))
    .map(([folder, n]) => `${folder}: ${n}`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[sorted.length >> 1]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}

const src = importGraph(path.join(ROOT, "src"));
const files = ["src", "test"].flatMap((folder) =>
  filesUnder(path.join(ROOT, folder)).map((file) => `${folder}/${file}`),
);
const lengths = files
  .filter((file) => /^src\/.*\.tsx?$/.test(file) && !file.endsWith(".d.ts"))
  .map((file) => ({
    file,
    lines: readFileSync(path.join(ROOT, file), "utf8").trimEnd().split("\n").length,
  }));

describe("the layout of src", () => {
  it("is the one that the table of imports names", () => {
    expect(Object.keys(MAY_IMPORT).toSorted()).toEqual(
      [...new Set([...src.keys()].map(partOf))].toSorted(),
    );
  });

  it("lets imports go in one direction only", () => {
    expect(forbidden(src)).toEqual([]);
  });

  it("has no circle of files", () => {
    expect(circlesIn(src)).toEqual([]);
  });

  it("has no circle of folders", () => {
    expect(circlesIn(grouped(src, partOf))).toEqual([]);
  });

  it(`has no file of more than ${MAX_LINES} lines, and half of them have at most ${MAX_MEDIAN_LINES}`, () => {
    expect(lengths.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
    expect(median(lengths.map(({ lines }) => lines))).toBeLessThanOrEqual(MAX_MEDIAN_LINES);
  });

  it(`has at most ${MAX_FILES_IN_A_FOLDER} files in a folder, as test has`, () => {
    expect(crowded(files)).toEqual([]);
  });
});

describe("what checks the layout", () => {
  it("finds every kind of import, and none in a comment", () => {
    const text = [
      'import { a } from "./a.ts";',
      'import {\n  b,\n  type B,\n} from "../b.ts";',
      'export type { C } from "./c.ts";',
      'import "./d.ts";',
      'const e = await import("./e.ts");',
      'type F = import("./f.ts").F;',
      'const text = "/*";',
      '// import { no } from "./no.ts";',
      '/**\n * import("./no.ts")\n */',
      'import type { G } from "./g.ts";',
    ];
    expect(importsIn(text.join("\n"))).toEqual([
      "./a.ts",
      "../b.ts",
      "./c.ts",
      "./d.ts",
      "./e.ts",
      "./f.ts",
      "./g.ts",
    ]);
  });

  it.each([
    ["lib/time.ts", "vonage/event.ts"],
    ["vonage/rest/hosts.ts", "config/settings.ts"],
    ["contract/views.ts", "conference/state/view.ts"],
    ["lines/speech/prompts.ts", "lines/parse/line.ts"],
    ["conference/state/view.ts", "conference/storage/schema.ts"],
    ["outbox/outbox.ts", "conference/conference.ts"],
    ["switchboard/switchboard.ts", "directory/problem.ts"],
    ["calls/inbound.ts", "conference/conference.ts"],
    ["calls/inbound.ts", "http/problem.ts"],
    ["http/webhooks/app.ts", "http/api/app.ts"],
    ["dashboard/app.tsx", "vonage/event.ts"],
    ["dashboard/app.tsx", "conference/state/view.ts"],
  ])("forbids %s to import %s", (file, target) => {
    expect(forbidden(made({ [file]: [target] }))).toEqual([`${file} → ${target}`]);
  });

  it.each([
    ["outbox/outbox.ts", "conference/client.ts"],
    ["conference/effects/sweep.ts", "conference/storage/leg-table.ts"],
    ["http/api/room.ts", "http/problem.ts"],
    ["dashboard/app.tsx", "vonage/ncco.ts"],
    ["dashboard/app.tsx", "dashboard/shell/api.ts"],
  ])("allows %s to import %s", (file, target) => {
    expect(forbidden(made({ [file]: [target] }))).toEqual([]);
  });

  it("finds circles, each once, and says the way round", () => {
    const graph = made({
      "c.ts": ["a.ts"],
      "a.ts": ["b.ts", "x.ts"],
      "b.ts": ["c.ts"],
      "x.ts": ["y.ts"],
      "y.ts": ["x.ts"],
      "z.ts": ["a.ts"],
    });
    expect(circlesIn(graph)).toEqual(["a.ts → b.ts → c.ts → a.ts", "x.ts → y.ts → x.ts"]);
  });

  it("finds a circle of folders where no file is in one", () => {
    const graph = made({
      "lib/a.ts": ["calls/b.ts"],
      "calls/b.ts": [],
      "calls/c.ts": ["lib/d.ts"],
      "lib/d.ts": [],
    });
    expect(circlesIn(graph)).toEqual([]);
    expect(circlesIn(grouped(graph, partOf))).toEqual(["calls → lib → calls"]);
  });

  it("counts the files directly in a folder", () => {
    const many = Array.from({ length: 16 }, (_, n) => `file-${n}.ts`);
    expect(crowded(many.map((name) => `src/lib/${name}`))).toEqual(["src/lib: 16"]);
    expect(crowded(many.slice(1).map((name) => `src/lib/${name}`))).toEqual([]);
    expect(crowded(many.map((name) => `src/dashboard/styles/${name}`))).toEqual([]);
    expect(median([90, 10, 30])).toBe(30);
    expect(median([90, 10, 30, 50])).toBe(40);
  });
});
