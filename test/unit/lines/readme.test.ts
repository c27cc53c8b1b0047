/** What the README promises of lines. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { lineKeys } from "../../../src/lines/parse/keys.ts";
import { parseLine } from "../../../src/lines/parse/line.ts";

const README = readFileSync(path.resolve(import.meta.dirname, "../../../README.md"), "utf8");
const EXAMPLES = Array.from(README.matchAll(/kv key put [^']*'(\{[^']*\})'/g), ([, json]) => json);

describe("the README's lines", () => {
  it("are more than a few", () => {
    expect(EXAMPLES.length).toBeGreaterThan(6);
  });

  it.each(EXAMPLES)("are without a problem: %s", (json = "") => {
    expect(parseLine(json)).toMatchObject({ ok: true });
  });

  it.each(Object.keys(lineKeys(50)))("tell of the key %s", (key) => {
    expect(README).toMatch(new RegExp(`^\\| [^|]*\`${key}\`[^|]* \\|`, "m"));
  });

  it.each(Object.keys(en))("tell of the prompt %s", (name) => {
    expect(README).toContain(`\`${name}\``);
  });
});
