/** A Worker that can take calls, but was not given what it takes to act on them. */
import { expect } from "vitest";
import { test as base } from "./support/fixtures.ts";
import { openConference, reasonOf } from "./support/visitor.ts";

const test = base.extend("settings", { scope: "file" }, {});

const TO_ACT = "To act on calls, the Worker needs VONAGE_PRIVATE_KEY, which is not set.";
const TO_CALL =
  "To call people, the Worker needs VONAGE_PRIVATE_KEY and DIAL_PREFIXES, which are not set.";

test("what cannot be done for want of a setting names the setting, and the rest can be done", async ({
  page,
  stage,
}) => {
  const ada = stage.person();
  stage.call(ada);
  await openConference(page, "standup");
  await page.getByText("1 in", { exact: true }).waitFor();

  const acts = ["Mute", "Earmuff", "Hang up on"].map((verb) => `${verb} ${ada.shown}`);
  for (const name of [...acts, "Mute guests", "Unmute guests", "Announce …", "End …"]) {
    const button = page.getByRole("button", { name, exact: true });
    expect([name, await reasonOf(button)]).toEqual([name, TO_ACT]);
  }
  expect(await reasonOf(page.getByRole("button", { name: "Dial out …" }))).toBe(TO_CALL);

  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByText("Locked", { exact: true }).waitFor();
});
