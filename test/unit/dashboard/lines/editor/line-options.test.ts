import { expect, it } from "vitest";
import { LINE_OPTIONS } from "../../../../../src/dashboard/lines/editor/line-options.ts";
import { lineKeys } from "../../../../../src/lines/parse/keys.ts";
import { parseLine } from "../../../../../src/lines/parse/line.ts";

/** Beside another that says as much, or too little used. */
const LEFT_OUT = ["deny", "style", "premium"];

it("whoever writes a line is told of every key", () => {
  const told = LINE_OPTIONS.map(([key]) => key);
  expect([...told, ...LEFT_OUT].toSorted()).toEqual(Object.keys(lineKeys(50)).toSorted());
});

/** What some options do nothing, or are refused, without. */
const BESIDE: Readonly<Record<string, string>> = {
  conference: "",
  rooms: "",
  endWithModerator: '"conference": "standup", "moderatorPin": "73190",',
  musicOnHoldUrl: '"conference": "standup", "startOnEnter": false,',
};

it.each(LINE_OPTIONS)("the example of %s can stand in a line", (key, example) => {
  const beside = BESIDE[key] ?? '"conference": "standup",';
  expect(parseLine(`{ ${beside} "${key}": ${example} }`)).toMatchObject({ ok: true });
});
