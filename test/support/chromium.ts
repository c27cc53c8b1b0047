/** The browser of the machine, without a window. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @throws Error that says what to install where there is no browser. */
export function chromiumPath(): string {
  const chosen = process.env["CHROMIUM_PATH"];
  const found = (chosen === undefined ? USUAL_PLACES : [chosen]).find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(
      `There is no browser at ${chosen ?? USUAL_PLACES.join(", ")}. On Debian and Ubuntu: ` +
        "apt-get install chromium. One elsewhere: CHROMIUM_PATH=/path/to/chromium.",
    );
  }
  return found;
}

/** Starts it. It sees this project's own pages only, so it does without the sandbox that root cannot have. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}
