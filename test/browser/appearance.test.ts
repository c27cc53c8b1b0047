/** The page as it appears: to those who do not see it, in light and dark, and on a phone. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { test } from "./support/fixtures.ts";
import { TOKEN } from "./support/stage.ts";
import type { Stage } from "./support/stage.ts";
import { logIn, openConference, openLines, rowOf } from "./support/visitor.ts";

const PHONE = { width: 360, height: 740 };

test("nothing shuts anybody out of the views of conferences, in light or dark", async ({
  visitor: { page },
  stage,
}) => {
  await expectAccessible(page, "login");
  await logIn(page, TOKEN);
  await page.getByRole("heading", { name: "Nobody is in a conference" }).waitFor();
  await expectAccessible(page, "live, while nobody is in");
  await crowd(page, stage);
  await expectAccessible(page, "live");
  const [ada] = await enterStandup(page, stage);
  await expectAccessible(page, "conference");

  await page.getByRole("button", { name: `Hang up on ${ada.shown}` }).click();
  await page.getByRole("dialog", { name: "Hang up on" }).waitFor();
  await expectAccessible(page, "conference, with a dialogue");
});

test("nothing shuts anybody out of the lines, in light or dark", async ({ page, expected }) => {
  expected.push(/status of 422 /);
  await openLines(page);
  await page.getByRole("link", { name: "+1 415 555 0100" }).waitFor();
  await expectAccessible(page, "lines");
  await page.getByRole("button", { name: "Import …" }).click();
  await page.getByRole("dialog", { name: "Import lines" }).waitFor();
  await expectAccessible(page, "lines, with a dialogue");
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "+1 415 555 0100" }).click();
  await page.getByText("Everything is right.").waitFor();
  await expectAccessible(page, "a line");
  await page.getByRole("radio", { name: "JSON, with more options" }).check();
  await page.getByRole("textbox", { name: "Line as JSON" }).fill('{ "conference": "" }');
  await page.getByText("1 thing is not right:").waitFor();
  await expectAccessible(page, "a line that is wrong");
});

test("on a phone nothing lies beside the screen", async ({
  visitor: { page },
  stage,
  expected,
}) => {
  expected.push(/status of 404 .*\/value\)$/);
  await page.setViewportSize(PHONE);
  await expectNarrow(page, "login");
  await logIn(page, TOKEN);
  await page.getByRole("heading", { name: "Nobody is in a conference" }).waitFor();
  await expectNarrow(page, "live, while nobody is in");
  await crowd(page, stage);
  await expectNarrow(page, "live");
  const [ada] = await enterStandup(page, stage);
  await expectNarrow(page, "conference");
  await page.getByRole("button", { name: `Hang up on ${ada.shown}` }).click();
  const dialog = page.getByRole("dialog", { name: "Hang up on" });
  await dialog.waitFor();
  await expectNarrow(page, "conference, with a dialogue");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await openLines(page);
  await page.getByRole("link", { name: "+1 415 555 0100" }).waitFor();
  await expectNarrow(page, "lines");
  await page.getByRole("link", { name: "+1 415 555 0100" }).click();
  await page.getByText("Everything is right.").waitFor();
  await expectNarrow(page, "a line");
  await page.getByRole("radio", { name: "JSON, with more options" }).check();
  await page.getByText("The NCCO, as JSON").click();
  await expectNarrow(page, "a line, with all that can be unfolded");
});

/** People in two conferences, and a problem, on the view of all. */
async function crowd(page: Page, stage: Stage): Promise<void> {
  stage.call(stage.person(), "14155550101");
  stage.call(stage.person());
  stage.call(stage.person(), "14155550199");
  await page.getByText("2 people in 2 conferences").waitFor();
  await page.getByText("Unknown number").first().waitFor();
}

/** One more comes, and is muted; the room is locked. */
async function enterStandup(page: Page, stage: Stage) {
  const ada = stage.person();
  stage.call(ada);
  await openConference(page, "standup");
  await page.getByRole("button", { name: `Mute ${ada.shown}` }).click();
  await rowOf(page, ada).getByText("Muted", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByText("Locked", { exact: true }).waitFor();
  const journal = page.getByRole("region", { name: "Journal" }).getByRole("listitem");
  await journal.filter({ hasText: ada.shown }).first().waitFor();
  return [ada] as const;
}

async function expectNarrow(page: Page, what: string): Promise<void> {
  const width = await page.evaluate(
    "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)",
  );
  expect([what, width]).toEqual([what, PHONE.width]);
}
