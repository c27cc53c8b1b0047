/** Hands on the keyboard alone. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** More stops than any view has. */
const MOST_STOPS = 60;
/** A list that changes meanwhile begins anew, and with it the way through it. */
const MOST_ROUNDS = 5;

/** The ring around whatever has the focus, in the words of CSS, with it and without it. */
const RING = `(() => {
  const element = document.activeElement;
  // A shadow of no size, or of no colour, is in the words of CSS not none.
  const isSeen = (shadow) =>
    !/, 0\\)/.test(shadow) && /[1-9]/.test(shadow.replace(/\\w+\\([^)]*\\)/, ""));
  const ring = () => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const outline = outlineStyle === "none" ? "" : outlineWidth + outlineColor;
    return [outline, ...boxShadow.split(/,(?![^(]*\\))/).filter(isSeen)].join(" ");
  };
  const what = element.getAttribute("aria-label") ?? element.textContent ?? element.id;
  const visible = element.matches(":focus-visible");
  const focused = ring();
  element.blur();
  const blurred = ring();
  element.focus({ preventScroll: true });
  return { what, visible, changes: focused !== blurred };
})()`;

/** Presses the key until something has the focus. Every stop on the way must be seen to have it. */
export async function goTo(
  page: Page,
  target: Locator,
  key: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await target.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.keyboard.press(key);
      if (await page.evaluate("document.activeElement === document.body")) continue;
      const ring = await page.evaluate(RING);
      expect(ring).toMatchObject({ visible: true, changes: true });
      if (await hasFocus(target)) return;
    }
  }
  throw new Error(`${String(target)} is not reached with ${key}`);
}

/** Waits for the focus, which a view moves once it is there. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target)).toBe(true);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(":focus")).count()) === 1;
}
