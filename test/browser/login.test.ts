/** Who gets in, and who gets out again. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { TOKEN } from "./support/stage.ts";
import { logIn } from "./support/visitor.ts";

test("a wrong token is refused in words, the right one shows what is live, and logging out ends it", async ({
  visitor,
}) => {
  const { page } = visitor;
  await logIn(page, "not-the-token");
  await page.getByRole("alert").getByText("This is no token of this bridge.").waitFor();

  await logIn(page, TOKEN);
  await page.getByRole("heading", { level: 1, name: "Live" }).waitFor();
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: "Strict", path: "/" }]);
  expect(await page.evaluate("document.cookie")).toBe("");

  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Live" }).waitFor();

  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { level: 1, name: "Log in" }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Log in" }).waitFor();
});
