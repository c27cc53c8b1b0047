/** An operator who uses the keyboard alone. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { expectFocus, goTo } from "./support/keyboard.ts";
import { TOKEN } from "./support/stage.ts";
import { rowOf } from "./support/visitor.ts";

test("with the keyboard alone one logs in, goes to a conference, mutes somebody, and goes back", async ({
  visitor: { page },
  stage,
}) => {
  const ada = stage.person();
  const leg = stage.call(ada);
  await goTo(page, page.getByLabel("Token"));
  await page.keyboard.type(TOKEN);
  await page.keyboard.press("Enter");
  const live = page.getByRole("heading", { level: 1, name: "Live" });
  await live.waitFor();
  await expectFocus(live);

  await goTo(page, page.getByRole("link", { name: "standup", exact: true }));
  await page.keyboard.press("Enter");
  const standup = page.getByRole("heading", { level: 1, name: "standup" });
  await standup.waitFor();
  await expectFocus(standup);

  await goTo(page, page.getByRole("button", { name: `Mute ${ada.shown}` }));
  await page.keyboard.press("Space");
  await rowOf(page, ada).getByText("Muted", { exact: true }).waitFor();
  expect(leg.muted).toBe(true);
  // The button is now the one that takes it back.
  await expectFocus(page.getByRole("button", { name: `Unmute ${ada.shown}` }));

  await goTo(page, page.getByRole("link", { name: "All conferences" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await live.waitFor();
  await expectFocus(live);
});

test("a dialogue takes the focus, and gives it back when it is left", async ({ page, stage }) => {
  const leg = stage.call(stage.person());
  await goTo(page, page.getByRole("link", { name: "standup", exact: true }));
  await page.keyboard.press("Enter");
  await page.getByText("1 in", { exact: true }).waitFor();
  const end = page.getByRole("button", { name: "End …" });
  const dialog = page.getByRole("dialog", { name: "End standup?" });
  await goTo(page, end);
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  expect(await dialog.locator(":focus").count()).toBe(1);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expectFocus(end);

  await page.keyboard.press("Enter");
  await goTo(page, dialog.getByRole("button", { name: "End the conference" }));
  await goTo(page, dialog.getByRole("button", { name: "Cancel" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await expectFocus(end);
  expect(leg.ended.aborted).toBe(false);
});
