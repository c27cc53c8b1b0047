/** An operator at the view of a conference: what is ordered happens to the carrier's calls, and is shown once it has. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { openConference, rowOf } from "./support/visitor.ts";

test("a call arrives, is muted and hung up on, and the room is locked against a further one", async ({
  page,
  stage,
}) => {
  const [ada, ben, cleo] = [stage.person(), stage.person(), stage.person()];
  const adasLeg = stage.call(ada);
  await openConference(page, "standup");
  const row = rowOf(page, ada);
  await row.getByText("on line +1 415 555 0100").waitFor();
  await page.getByText("1 in", { exact: true }).waitFor();

  const bensLeg = stage.call(ben);
  await rowOf(page, ben).waitFor();
  await page.getByText("2 in", { exact: true }).waitFor();

  await page.getByRole("button", { name: `Mute ${ada.shown}` }).click();
  await row.getByText("Muted", { exact: true }).waitFor();
  expect([adasLeg.muted, bensLeg.muted]).toEqual([true, false]);
  await page.getByRole("button", { name: `Unmute ${ada.shown}` }).click();
  await row.getByText("Muted", { exact: true }).waitFor({ state: "detached" });
  expect(adasLeg.muted).toBe(false);

  await page.getByRole("button", { name: `Hang up on ${ben.shown}` }).click();
  const dialog = page.getByRole("dialog", { name: `Hang up on ${ben.shown}?` });
  await dialog.getByRole("button", { name: "Hang up", exact: true }).click();
  await rowOf(page, ben).waitFor({ state: "detached" });
  await page.getByText("1 in", { exact: true }).waitFor();
  expect(bensLeg.ended.aborted).toBe(true);

  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByText("Locked", { exact: true }).waitFor();
  const cleosLeg = stage.call(cleo);
  await rowOf(page, cleo).getByText("Not let in: locked").waitFor();
  await expect.poll(() => cleosLeg.ended.aborted).toBe(true);
  expect(cleosLeg.heard.join(" ")).toMatch(/locked/i);
  await rowOf(page, cleo).waitFor({ state: "detached" });
  expect(stage.carrier.truth.present("standup")).toEqual(new Set([adasLeg.id]));
});

test("somebody is called into the room, all hear an announcement, and the room is ended", async ({
  page,
  stage,
}) => {
  const [ada, ben] = [stage.person(), stage.person()];
  const adasLeg = stage.call(ada);
  await openConference(page, "standup");
  await page.getByText("1 in", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Dial out …" }).click();
  const dialOut = page.getByRole("dialog", { name: "Dial out" });
  await dialOut.getByLabel("Numbers").fill(ben.shown);
  await dialOut.getByRole("button", { name: "Call" }).click();
  await expect.poll(() => stage.legOf(ben)?.status).toBe("answered");
  stage.legOf(ben)?.keypad.press("1");
  await rowOf(page, ben).waitFor();
  await page.getByText("2 in", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Announce …" }).click();
  const announce = page.getByRole("dialog", { name: "Announce" });
  await announce.getByLabel("Text").fill("Five more minutes.");
  await announce.getByRole("button", { name: "Say it" }).click();
  await announce.waitFor({ state: "detached" });
  expect(stage.rest.api.accepted.filter(({ kind }) => kind === "talk")).toHaveLength(2);

  const end = page.getByRole("dialog", { name: "End standup?" });
  await page.getByRole("button", { name: "End …" }).click();
  await end.getByText("2 people are hung up on").waitFor();
  await end.getByRole("button", { name: "Cancel" }).click();
  await end.waitFor({ state: "detached" });
  expect(adasLeg.ended.aborted).toBe(false);
  await page.getByRole("button", { name: "End …" }).click();
  await end.getByRole("button", { name: "End the conference" }).click();
  await page.getByText("Nobody is in.").waitFor();
  expect([adasLeg.ended.aborted, stage.legOf(ben)?.ended.aborted]).toEqual([true, true]);
});

test("the journal grows with every webhook, and shows those of one leg alone", async ({
  page,
  stage,
}) => {
  const [ada, ben] = [stage.person(), stage.person()];
  stage.call(ada);
  await openConference(page, "standup");
  const journal = page.getByRole("region", { name: "Journal" });
  const entries = journal.getByRole("listitem");
  await entries.filter({ hasText: ada.shown }).filter({ hasText: "transfer" }).waitFor();

  const bensLeg = stage.call(ben);
  await entries.filter({ hasText: ben.shown }).filter({ hasText: "transfer" }).waitFor();
  await page.getByRole("button", { name: `Journal of ${ben.shown}` }).click();
  await entries.filter({ hasText: ada.shown }).first().waitFor({ state: "detached" });
  bensLeg.hangUp("user");
  const last = entries.filter({ hasText: ben.shown }).filter({ hasText: "completed" });
  await last.locator("summary").click();
  await last.getByText(bensLeg.id).waitFor();
});

test("an order whose answer is lost is given again, and done once", async ({
  page,
  stage,
  expected,
}) => {
  expected.push(/net::ERR_FAILED/);
  stage.call(stage.person());
  await openConference(page, "standup");
  await page.getByText("1 in", { exact: true }).waitFor();
  const talks = (): number => stage.rest.api.accepted.filter(({ kind }) => kind === "talk").length;
  const before = talks();
  await page.route(
    "**/announce",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole("button", { name: "Announce …" }).click();
  const announce = page.getByRole("dialog", { name: "Announce" });
  await announce.getByLabel("Text").fill("Once only.");
  await announce.getByRole("button", { name: "Say it" }).click();
  await announce.getByRole("alert").getByText("The Worker does not answer.").waitFor();
  expect(talks()).toBe(before + 1);
  await announce.getByRole("button", { name: "Say it" }).click();
  await announce.waitFor({ state: "detached" });
  expect(talks()).toBe(before + 1);
});
