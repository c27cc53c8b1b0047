/** The files of a folder and what they import from each other, read from their text. For the tests of the layout. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** From a file or a folder to all that it imports. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** A comment that begins a line; what looks like one inside a string stays. */
const COMMENT = /^[ \t]*(?:\/\*[^]*?\*\/|\/\/.*$)/gm;
/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`. */
const IMPORT =
  /^(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** All files under a folder, as paths relative to it. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** What a module's text imports, in the words of its import statements. */
export function importsIn(text: string): string[] {
  return Array.from(
    text.replaceAll(COMMENT, "").matchAll(IMPORT),
    ([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "",
  );
}

/** The imports between the TypeScript files of a folder, packages left out, as paths relative to it. */
export function importGraph(folder: string): Graph {
  const sources = filesUnder(folder).filter(
    (file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"),
  );
  return new Map(
    sources.map((file) => [
      file,
      new Set(
        importsIn(readFileSync(path.join(folder, file), "utf8"))
          .filter((target) => target.startsWith("."))
          .map((target) => path.join(path.dirname(file), target)),
      ),
    ]),
  );
}

/** The same imports between groups of files. Imports within a group are left out. */
export function grouped(graph: Graph, groupOf: (file: string) => string): Graph {
  const groups = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const group = groupOf(file);
    const edges = groups.get(group) ?? new Set();
    groups.set(group, edges);
    for (const target of targets) if (groupOf(target) !== group) edges.add(groupOf(target));
  }
  return groups;
}

/** Circles of a graph, each as `a → b → a`, shortest way round from the first of its members by name; one for each member at most. */
export function circlesIn(graph: Graph): string[] {
  const circles = new Map<string, string>();
  for (const start of [...graph.keys()].toSorted()) {
    const way = wayBack(graph, start);
    const members = way === null ? "" : [...way].toSorted().join(" ");
    if (way !== null && !circles.has(members)) circles.set(members, [...way, start].join(" → "));
  }
  return [...circles.values()];
}

/** The shortest way from a node to itself, without its end; null where there is none. */
function wayBack(graph: Graph, start: string): string[] | null {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}
