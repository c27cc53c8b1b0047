import { expect, it } from "vitest";
import { closeAnswer } from "../../../src/durable/close-codes.ts";

it.each([1000, 1001, 1008, 1011, 3000, 4000, 4999])(
  "answers a close with its own code %d",
  (code) => {
    expect(closeAnswer(code)).toBe(code);
  },
);

it.each([0, 999, 1004, 1005, 1006, 1015, 5000, 65_536, Number.NaN])(
  "answers with 1000 what came with %d, which may not be sent",
  (code) => {
    expect(closeAnswer(code)).toBe(1000);
  },
);
