/** The view of all conferences. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { LINE, OTHER_LINE } from "./support/stage.ts";

test("while nobody is in, it says how the first call comes about, with the addresses to copy", async ({
  page,
  stage,
}) => {
  await page.getByRole("heading", { name: "Nobody is in a conference" }).waitFor();
  for (const route of ["answer", "event", "fallback"]) {
    await page.getByText(`${stage.url}/webhooks/${route}`, { exact: true }).waitFor();
  }
});

test("conferences come, count and go, and are found by a word of their name", async ({
  page,
  stage,
}) => {
  const standup = page.getByRole("row").filter({ hasText: "standup" });
  const townHall = page.getByRole("row").filter({ hasText: "town-hall" });
  const ada = stage.call(stage.person(), LINE);
  await standup.getByRole("cell").first().getByText("1", { exact: true }).waitFor();
  stage.call(stage.person(), LINE);
  stage.call(stage.person(), OTHER_LINE);
  await standup.getByRole("cell").first().getByText("2", { exact: true }).waitFor();
  await townHall.getByRole("cell").first().getByText("1", { exact: true }).waitFor();
  await page.getByText("3 people in 2 conferences").waitFor();

  await page.getByLabel("Search").fill("TOWN");
  await standup.waitFor({ state: "detached" });
  expect(await townHall.count()).toBe(1);
  await page.getByLabel("Search").fill("nowhere");
  await page.getByText("No live conference has “nowhere” in its name.").waitFor();
  await page.getByLabel("Search").fill("");

  ada.hangUp("user");
  await standup.getByRole("cell").first().getByText("1", { exact: true }).waitFor();
  await stage.clear();
  await page.getByRole("heading", { name: "Nobody is in a conference" }).waitFor();
});

test("somebody who heard nothing finds the reason among the problems, as it happens", async ({
  page,
  stage,
}) => {
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByText("None that the Worker has noticed.").waitFor();
  const leg = stage.call(stage.person(), "14155550199");
  const problem = problems.getByRole("listitem").filter({ hasText: "+1 415 555 0199" });
  await problem.getByText("Unknown number").waitFor();
  await expect.poll(() => leg.ended.aborted).toBe(true);

  await page.getByLabel("Search").fill("no such words");
  await problem.waitFor({ state: "detached" });
});
