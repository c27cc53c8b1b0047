/**
 * What each test of the page gets: a stage of its file's, a browser, and an operator who has logged in. After each test it is
 * looked at whether the page behaved: no error on the console, and nothing asked of anybody but the Worker.
 */
import type { Browser, Page } from "playwright-core";
import { expect, inject, test as base } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { EVERYTHING, Stage, TOKEN } from "./stage.ts";
import { logIn, visit } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

export interface Fixtures {
  /** Of the Worker, beside its secrets; a file may say otherwise. */
  settings: Readonly<Record<string, string>>;
  /** What the console may say in this test: the browser itself reports every answer that is not 2xx. */
  expected: RegExp[];
  browser: Browser;
  stage: Stage;
  /** Somebody at the login. */
  visitor: Visitor;
  /** The page of an operator, who has logged in. */
  page: Page;
}

export const test = base.extend<Fixtures>({
  settings: [EVERYTHING, { scope: "file" }],
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- it depends on nothing, and the runner reads that from the pattern
    async ({}, use) => {
      const browser = await launchChromium();
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  stage: [
    async ({ settings }, use) => {
      const stage = await Stage.open(inject("worker"), settings);
      await use(stage);
      await stage.close();
      expect([stage.carrier.problems, stage.rest.api.problems]).toEqual([[], []]);
    },
    { scope: "file" },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  expected: async ({}, use) => await use([]),
  visitor: async ({ browser, stage, expected }, use) => {
    const visitor = await visit(browser, stage);
    await use(visitor);
    // First, so that the next test does not suffer from what this one did.
    await visitor.leave();
    await stage.clear();
    const { complaints, origins } = visitor;
    const unexpected = complaints.filter((one) => !expected.some((words) => words.test(one)));
    expect(unexpected).toEqual([]);
    expect([...origins]).toEqual([stage.url]);
  },
  page: async ({ visitor }, use) => {
    await logIn(visitor.page, TOKEN);
    await visitor.page.getByRole("heading", { level: 1, name: "Live" }).waitFor();
    await use(visitor.page);
  },
});
