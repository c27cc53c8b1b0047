/** An operator at the lines: what is written there is what the next caller lives through. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import type { Stage } from "./support/stage.ts";
import { openLines } from "./support/visitor.ts";

test("a line is edited, and the next call follows it", async ({ page, stage }) => {
  await write(stage, "14155550110", "before-noon");
  await openLine(page, "+1 415 555 0110");
  const verdict = verdictOf(page);
  await verdict.getByText("Everything is right.", { exact: true }).waitFor();

  await page.getByRole("textbox", { name: "Conference", exact: true }).fill("after-noon");
  await verdict.getByText("It is not saved yet.").waitFor();
  await page.getByRole("heading", { name: "What a caller would hear of it" }).waitFor();
  await page.getByText("Comes into the conference after-noon.").waitFor();
  const early = stage.call(stage.person(), "14155550110");
  await expect.poll(() => present(stage, "before-noon")).toEqual([early.id]);

  await page.getByRole("button", { name: "Save line" }).click();
  await verdict.getByText("Everything is right.", { exact: true }).waitFor();
  await page.getByRole("heading", { name: "What a caller hears", exact: true }).waitFor();
  const late = stage.call(stage.person(), "14155550110");
  await expect.poll(() => present(stage, "after-noon")).toEqual([late.id]);
  expect(present(stage, "before-noon")).toEqual([early.id]);

  await openLines(page);
  const row = page.getByRole("row").filter({ hasText: "+1 415 555 0110" });
  await row.getByRole("link", { name: "after-noon" }).click();
  await page.getByRole("heading", { level: 1, name: "after-noon" }).waitFor();
  await page.getByText("1 in", { exact: true }).waitFor();
});

test("what is wrong with a line is named while it is written, and nothing wrong is stored", async ({
  page,
  stage,
  expected,
}) => {
  expected.push(/status of 422 /);
  await write(stage, "14155550111", "as-it-was");
  await openLine(page, "+1 415 555 0111");
  await page.getByRole("radio", { name: "JSON, with more options" }).check();
  const text = page.getByRole("textbox", { name: "Line as JSON" });
  expect(JSON.parse(await text.inputValue())).toEqual({ conference: "as-it-was" });

  const verdict = verdictOf(page);
  await text.fill('{ "conference": "no blanks", "maxParticipants": 0 }');
  await verdict.getByText("2 things are not right:").waitFor();
  const problems = verdict.getByRole("listitem");
  expect(await problems.filter({ hasText: "conference" }).count()).toBe(1);
  expect(await problems.filter({ hasText: "maxParticipants" }).count()).toBe(1);
  const refused = page.waitForResponse(
    (answer) => answer.request().method() === "PUT" && !answer.url().includes("dryRun"),
  );
  await page.getByRole("button", { name: "Save line" }).click();
  expect((await refused).status()).toBe(422);
  expect(await valueOf(stage, "14155550111")).toBe("as-it-was");

  await text.fill('{ "conference": "no-blanks", "maxParticipants": 5 }');
  await verdict.getByText("Everything is right. It is not saved yet.").waitFor();
  expect(await page.getByRole("radio", { name: "A conference" }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Save line" }).click();
  await verdict.getByText("Everything is right.", { exact: true }).waitFor();
  expect(JSON.parse(await valueOf(stage, "14155550111"))).toEqual({
    conference: "no-blanks",
    maxParticipants: 5,
  });
});

test("a line is deleted once that is confirmed, and its callers hear that there is none", async ({
  page,
  stage,
}) => {
  await write(stage, "14155550112", "short-lived");
  await openLine(page, "+1 415 555 0112");
  const dialog = page.getByRole("dialog", { name: "Delete the line of +1 415 555 0112?" });
  await page.getByRole("button", { name: "Delete line …" }).click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await valueOf(stage, "14155550112")).toBe("short-lived");

  await page.getByRole("button", { name: "Delete line …" }).click();
  await dialog.getByRole("button", { name: "Delete line", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lines" }).waitFor();
  // The lines that there are from the start are listed: what is not there is not merely still to come.
  await allLines(page).getByRole("link", { name: "+1 415 555 0100" }).waitFor();
  expect(await allLines(page).getByRole("link", { name: "+1 415 555 0112" }).count()).toBe(0);
  expect((await stage.ask("GET", "/lines/14155550112/value")).status).toBe(404);
  const leg = stage.call(stage.person(), "14155550112");
  await expect.poll(() => leg.ended.aborted).toBe(true);
  expect(present(stage, "short-lived")).toEqual([]);
});

test("lines are written from a file, once everything in it is right, and saved to one", async ({
  page,
  stage,
  expected,
}) => {
  expected.push(/status of 422 /);
  await openLines(page);
  await page.getByRole("button", { name: "Import …" }).click();
  const dialog = page.getByRole("dialog", { name: "Import lines" });
  const file = dialog.getByLabel("File", { exact: true });
  const go = dialog.getByRole("button", { name: "Import", exact: true });

  const bad = 'number,value\n+1 415 555 0113,team-a\n14155550114,"no blanks"\n1.41556E+10,team-c\n';
  await file.setInputFiles(fileOf("lines.csv", bad));
  const refusal = dialog.getByRole("alert").getByRole("listitem");
  await refusal.filter({ hasText: "row 3" }).waitFor();
  expect(await refusal.allInnerTexts()).toEqual([
    expect.stringMatching(/^row 3: .*letters, digits/),
    expect.stringMatching(/^row 4: number: .*spreadsheet/),
  ]);
  await go.click();
  await dialog.getByText("Choose a file first in which everything is right.").waitFor();
  expect((await stage.ask("GET", "/lines/14155550113/value")).status).toBe(404);

  const lines = [
    { number: "14155550113", value: "team-a" },
    { number: "14155550114", value: '{ "conference": "team-b" }' },
  ];
  await file.setInputFiles(fileOf("lines.json", JSON.stringify({ lines })));
  const plan = dialog.getByRole("status", { name: "What would be written" });
  await plan.getByText("2 lines would be written").waitFor();
  expect(await plan.getByRole("listitem").allInnerTexts()).toEqual([
    "+1 415 555 0113",
    "+1 415 555 0114",
  ]);
  expect((await stage.ask("GET", "/lines/14155550113/value")).status).toBe(404);
  await go.click();
  await dialog.waitFor({ state: "detached" });
  await allLines(page).getByRole("link", { name: "+1 415 555 0113" }).waitFor();
  await allLines(page).getByRole("link", { name: "team-b" }).waitFor();
  expect(await valueOf(stage, "14155550114")).toBe('{ "conference": "team-b" }');

  const saved = JSON.parse(await savedBy(page, "Export JSON")) as { lines: unknown[] };
  expect(saved.lines).toEqual(expect.arrayContaining(lines));
  expect(await savedBy(page, "Export CSV")).toMatch(
    /^\uFEFF?number,value\r?\n[^]*'14155550113,'team-a\r?\n/,
  );
});

test("what a caller of any number would hear is shown, and is what one hears", async ({
  page,
  stage,
  expected,
}) => {
  // There is no line to be edited.
  expected.push(/status of 404 .*\/value\)$/);
  await openLines(page);
  const number = page.getByRole("textbox", { name: "Called number" });
  await number.fill("sip:@example.com");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("This is no number and no name.").waitFor();
  expect(await number.getAttribute("aria-invalid")).toBe("true");

  await number.fill("+1 (415) 555-0198");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: "Line +1 415 555 0198" }).waitFor();
  await page.getByRole("heading", { name: "Give it a line" }).waitFor();
  await page.getByText("There is no line for it, and none for every other number.").waitFor();
  const heard = page.getByRole("region", { name: "What a caller hears" });
  const words = await heard.locator("q").allInnerTexts();
  expect(words).toHaveLength(1);

  const leg = stage.call(stage.person(), "14155550198");
  await expect.poll(() => leg.ended.aborted).toBe(true);
  expect(
    leg.heard.map((text) =>
      text
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    ),
  ).toEqual(words);
});

test("what was written and not saved is there again after a look elsewhere", async ({
  page,
  stage,
}) => {
  await stage.ask("PUT", "/lines/14155550116", "standup");
  await openLine(page, "+1 415 555 0116");
  const conference = page.getByRole("textbox", { name: "Conference" });
  await conference.fill("planning");
  await page.getByRole("link", { name: "All lines" }).click();
  await allLines(page).getByRole("link", { name: "+1 415 555 0116" }).click();
  await verdictOf(page).getByText("It is not saved yet.").waitFor();
  expect(await conference.inputValue()).toBe("planning");
  expect(await valueOf(stage, "14155550116")).toBe("standup");
});

async function openLine(page: Page, written: string): Promise<void> {
  await openLines(page);
  await page.getByRole("searchbox", { name: "Search" }).fill(written.slice(-4));
  await allLines(page)
    .getByRole("link", { name: "+1 415 555 0100" })
    .waitFor({ state: "detached" });
  await allLines(page).getByRole("link", { name: written }).click();
  await page.getByRole("heading", { level: 1, name: `Line ${written}` }).waitFor();
  await page.getByRole("heading", { name: "The line" }).waitFor();
}

function allLines(page: Page): Locator {
  return page.getByRole("region", { name: "All lines" });
}

function verdictOf(page: Page): Locator {
  return page.getByRole("status", { name: "What the Worker says of it" });
}

function present({ carrier }: Stage, conference: string): string[] {
  return [...carrier.truth.present(conference)];
}

async function write(stage: Stage, number: string, value: string): Promise<void> {
  expect((await stage.ask("PUT", `/lines/${number}`, value)).status).toBe(200);
}

async function valueOf(stage: Stage, number: string): Promise<string> {
  return await (await stage.ask("GET", `/lines/${number}/value`)).text();
}

function fileOf(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
}

/** Follows a link to a file, and reads what was saved. */
async function savedBy(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return await readFile(await (await download).path(), "utf8");
}
