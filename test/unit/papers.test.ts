/** What every README of the repository points at is there: files, headings, tests, scripts. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { scripts } from "../../package.json" with { type: "json" };
import { filesUnder } from "../support/source-tree.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FILES = [
  ...["src", "test"].flatMap((folder) =>
    filesUnder(path.join(ROOT, folder)).map((file) => `${folder}/${file}`),
  ),
  "vitest.config.ts",
];
const PAPERS = ["README.md", ...FILES.filter((file) => path.basename(file) === "README.md")];

const FENCED = /^(```+)[^]*?^\1\s*$/gm;
/** `[text](target)`, `![alt](target)`, `[label]: target`, `src="target"`. */
const LINK = /\]\(<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)|\b(?:src|href)="([^"]+)"/gm;
const TEST_FILE = /[\w./-]*[\w-]\.test\.ts\b/g;
/** A file of the code, by its path from the root or from some folder. */
const CODE_FILE = /`([\w.-]+\/[\w./-]+\.(?:tsx?|js|json|css))`/g;
const SCRIPT = /\bnpm (?:run|run-script) (?:-s |--silent )?([\w:-]+)/g;

function found(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), (match) => match.slice(1).find(Boolean) ?? match[0]);
}

/** The anchors of a paper's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return found(text.replaceAll(FENCED, ""), /^#+ +(.+?) *$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Relative links of a paper that lead nowhere. `folder`: where it is. */
function brokenLinks(text: string, folder: string): string[] {
  return found(text.replaceAll(FENCED, ""), LINK)
    .filter((link) => !/^[a-z][a-z+.-]*:|^\/\//i.test(link))
    .filter((link) => {
      const [target = "", anchor] = link.split("#");
      const file = path.resolve(folder, decodeURI(target));
      if (target !== "" && !existsSync(file)) return true;
      if (anchor === undefined || (target !== "" && !target.endsWith(".md"))) return false;
      return !anchorsOf(target === "" ? text : readFileSync(file, "utf8")).includes(anchor);
    });
}

/** Names of files that no file has; a name may leave out the folders that it begins with. */
function unknownFiles(text: string, pattern: RegExp): string[] {
  return found(text, pattern).filter(
    (name) => !FILES.some((file) => file === name || file.endsWith(`/${name}`)),
  );
}

function unknownScripts(text: string): string[] {
  return found(text, SCRIPT).filter((name) => !Object.hasOwn(scripts, name));
}

describe.each(PAPERS)("%s", (paper) => {
  const text = readFileSync(path.join(ROOT, paper), "utf8");

  it("links to files and headings that exist", () => {
    expect(brokenLinks(text, path.join(ROOT, path.dirname(paper)))).toEqual([]);
  });

  it("names tests and files of the code that exist", () => {
    expect(unknownFiles(text, TEST_FILE)).toEqual([]);
    expect(unknownFiles(text, CODE_FILE)).toEqual([]);
  });

  it("names scripts that exist", () => {
    expect(unknownScripts(text)).toEqual([]);
  });
});

describe("what checks the papers", () => {
  it("finds links that lead nowhere", () => {
    const text = [
      "# How it `works`, in short",
      '[a](package.json) [b](no.json) ![c](src/no.png) <img src="no.svg">',
      "[d](#how-it-works-in-short) [e](#no) [f](https://example.com/no) [g](mailto:a@example.com)",
      "```json\n[h](no-link)\n```",
      "[i]: no.md",
    ].join("\n");
    expect(brokenLinks(text, ROOT)).toEqual(["no.json", "src/no.png", "no.svg", "#no", "no.md"]);
  });

  it("finds names of files that do not exist", () => {
    const text =
      "`test/unit/papers.test.ts` layout.test.ts `unit/no.test.ts` no.test.ts `src/index.ts` `lib/no.ts`";
    expect(unknownFiles(text, TEST_FILE)).toEqual(["unit/no.test.ts", "no.test.ts"]);
    expect(unknownFiles(text, CODE_FILE)).toEqual(["unit/no.test.ts", "lib/no.ts"]);
  });

  it("finds scripts that do not exist", () => {
    expect(unknownScripts("`npm run bench`, npm run no, npm run test:no, npm test")).toEqual([
      "no",
      "test:no",
    ]);
  });
});
