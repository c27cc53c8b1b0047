/** What the READMEs promise of lines. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { lineKeys } from "../../../src/lines/parse/keys.ts";
import { parseLine } from "../../../src/lines/parse/line.ts";

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../../..");
const ROOT_README = readFileSync(path.join(PROJECT_ROOT, "README.md"), "utf8");
const LINES_README = readFileSync(path.join(PROJECT_ROOT, "src/lines/README.md"), "utf8");

function examplesIn(readme: string): string[] {
  return Array.from(readme.matchAll(/kv key put [^']*'(\{[^']*\})'/g), ([, json]) => json ?? "");
}

describe("the READMEs' lines", () => {
  it("are more than a few, and two of them are on the first page", () => {
    expect(examplesIn(LINES_README).length).toBeGreaterThan(6);
    expect(examplesIn(ROOT_README)).toHaveLength(2);
  });

  it.each([...examplesIn(ROOT_README), ...examplesIn(LINES_README)])(
    "are without a problem: %s",
    (json) => {
      expect(parseLine(json)).toMatchObject({ ok: true });
    },
  );

  it.each(Object.keys(lineKeys(50)))("tell of the key %s", (key) => {
    expect(LINES_README).toMatch(new RegExp(`^\\| [^|]*\`${key}\`[^|]* \\|`, "m"));
  });

  it.each(Object.keys(en))("tell of the prompt %s", (name) => {
    expect(LINES_README).toContain(`\`${name}\``);
  });
});
