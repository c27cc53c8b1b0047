import { expect, it } from "vitest";
import { Turns } from "../../../src/lib/turns.ts";

it("lets others have their turn each time so much was done, and not before", async () => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    setTimeout(count, 0);
  };
  setTimeout(count, 0);
  const work = new Turns(100);
  await work.done(60);
  await work.done(39);
  expect(turns).toBe(0);
  await work.done(1);
  expect(turns).toBeGreaterThan(0);
  const [before] = [turns];
  await work.done(99);
  expect(turns).toBe(before);
  await work.done(500);
  expect(turns).toBeGreaterThan(before);
});
