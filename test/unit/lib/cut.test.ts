import * as fc from "fast-check";
import { expect, it } from "vitest";
import { cut, lastOf, parsedJson, wellFormed } from "../../../src/lib/cut.ts";

it("cuts no character in two, wherever it cuts", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, most) => {
      expect(cut(text, most).isWellFormed()).toBe(true);
      expect(text.startsWith(cut(text, most))).toBe(true);
      expect(cut(text, most).length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
      expect(cut(text, most).length).toBeLessThanOrEqual(most);
      expect(lastOf(text, 2)).toBe(Array.from(text).slice(-2).join(""));
    }),
  );
  expect(cut("ab😀", 3)).toBe("ab");
  expect(cut("ab😀", 4)).toBe("ab😀");
});

it("reads no half a character out of JSON, in no key and no text", () => {
  const json = String.raw`{"a\ud83d":["\ude00x",{"b":"\ud83d\ude00"}],"__proto__":1}`;
  expect(JSON.stringify(parsedJson(json))).toBe('{"a\ufffd":["\ufffdx",{"b":"😀"}],"__proto__":1}');
  expect(wellFormed(["\ud83d", 1, null])).toEqual(["\ufffd", 1, null]);
});
