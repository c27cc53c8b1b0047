/** Somebody who may look but not act. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";
import { VIEWER_TOKEN } from "./support/stage.ts";
import { logIn, openConference, openLines, reasonOf } from "./support/visitor.ts";

const REASON = "You are logged in as a viewer, who may look but not act.";

test("a viewer sees a conference and can do nothing to it, and gets nobody's number", async ({
  visitor,
  stage,
}) => {
  const { page } = visitor;
  const received = recordOf(page);
  const [ada, ben] = [stage.person(), stage.person()];
  const adasMask = `***${ada.number.slice(-2)}`;
  stage.call(ada);
  await logIn(page, VIEWER_TOKEN);
  await page.getByText("Viewer", { exact: true }).waitFor();
  await page.getByText("1 person in 1 conference").waitFor();
  await openConference(page, "standup");
  const row = page.getByRole("row").filter({ hasText: adasMask });
  await row.waitFor();
  const bensLeg = stage.call(ben);
  await page.getByText("2 in", { exact: true }).waitFor();

  await page.getByText(REASON, { exact: true }).waitFor();
  const acts = [
    ...["Mute", "Earmuff", "Hang up on"].map((verb) => `${verb} ${adasMask}`),
    "Lock",
    "Mute guests",
    "Unmute guests",
    "Announce …",
    "Dial out …",
    "End …",
  ];
  for (const name of acts) {
    expect([name, await reasonOf(page.getByRole("button", { name, exact: true }))]).toEqual([
      name,
      REASON,
    ]);
  }
  expect(await enabled(page)).toEqual(["Log out", "Journal", "Journal"]);
  await page.getByText("Only operators get recordings.").waitFor();

  bensLeg.hangUp("user");
  await page.getByText("1 in", { exact: true }).waitFor();
  const entries = page.getByRole("region", { name: "Journal" }).getByRole("listitem");
  const entry = entries.filter({ hasText: adasMask }).filter({ hasText: "answered" });
  await entry.locator("summary").click();
  await entry.getByText('"conversation_uuid"').waitFor();

  await openLines(page);
  for (const name of ["Import …", "Export JSON", "Export CSV"]) {
    expect([name, await reasonOf(page.getByRole("button", { name }))]).toEqual([name, REASON]);
  }
  expect(await enabled(page)).toEqual(["Log out", "Open"]);

  const texts = await received();
  expect(texts.filter((text) => text.includes(adasMask)).length).toBeGreaterThan(2);
  for (const { number } of [ada, ben]) {
    expect(texts.filter((text) => text.replace(/[\s().-]/g, "").includes(number))).toEqual([]);
  }
});

test("a viewer reads a line without its PIN and its callers' numbers, and cannot change it", async ({
  visitor,
  stage,
}) => {
  const { page } = visitor;
  const line = { conference: "closed-circle", pin: "86420", allow: ["447700900777"] };
  const written = await stage.ask("PUT", "/lines/14155550120", JSON.stringify(line));
  expect(written.status).toBe(200);
  const received = recordOf(page);
  await logIn(page, VIEWER_TOKEN);
  await openLines(page);
  await page.getByRole("link", { name: "+1 415 555 0120" }).click();
  await page.getByRole("heading", { level: 1, name: "Line +1 415 555 0120" }).waitFor();
  await page.getByText(REASON, { exact: true }).waitFor();
  await page.getByText("***77").waitFor();
  await page.getByText("Is asked for digits").waitFor();
  expect(await enabled(page)).toEqual(["Log out"]);
  expect(await page.getByRole("textbox").count()).toBe(0);
  const secret = (await received()).filter((text) => /86420|447700900777/.test(text));
  expect(secret).toEqual([]);
});

/** The text on every button that can be used. */
async function enabled(page: Page): Promise<string[]> {
  return await page.getByRole("button", { disabled: false }).allInnerTexts();
}

/** Notes what reaches the page from now on. Asked, it adds what the page has made of it. */
function recordOf(page: Page): () => Promise<string[]> {
  const texts: string[] = [];
  const reading: Promise<unknown>[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => texts.push(String(payload))),
  );
  page.on("response", (response) => {
    if (!new URL(response.url()).pathname.startsWith("/api/")) return;
    // Of an answer that the page no longer waits for there is nothing to read.
    reading.push(
      response.text().then(
        (text) => texts.push(text),
        () => undefined,
      ),
    );
  });
  return async () => {
    await Promise.all(reading);
    return [...texts, await page.content()];
  };
}
