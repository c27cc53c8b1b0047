import { describe, expect, it } from "vitest";
import { scanKeys } from "../../../../src/lines/parse/key-scan.ts";

describe("scanKeys", () => {
  it("reads codes in the order in which they were typed, which an object forgets", () => {
    const text = '{ "conference": "a", "rooms" : { "20": "x", "007": {"pin":"1"}, "3":"y" } }';
    expect(Object.keys(JSON.parse(text).rooms)).not.toEqual(["20", "007", "3"]);
    expect([...scanKeys(text).places]).toEqual([
      ["20", 1],
      ["007", 2],
      ["3", 3],
    ]);
  });

  it.each([
    ['{"pin":"1","pin":"2"}', ["pin: is given twice"]],
    ['{"rooms":{"1":"a","2":"b","1":"c"}}', ["rooms, entry 3: its code is given twice"]],
    [String.raw`{"rooms":{"1":"a","\u0031":"c"}}`, ["rooms, entry 2: its code is given twice"]],
    [
      '{"rooms":{"1":"a","2":{"mute":true,"mute":false}}}',
      ["rooms, entry 2: mute: is given twice"],
    ],
    ['{"prompts":{"full":"a","full":"b"}}', ["prompts: full: is given twice"]],
    ['{"hours":{"open":{"mon":[],"mon":[]}}}', ["hours: open: mon: is given twice"]],
    ['{"4711":1,"4711":2}', ["***: is given twice"]],
    [String.raw`{"a":"\"b\":","b":"{\"a\":1}"}`, []],
    ['{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}]}', []],
  ])("finds in %s what is given twice: %j", (text, repeated) => {
    expect(scanKeys(text).repeated).toEqual(repeated);
  });
});
