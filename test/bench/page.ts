/** How long it takes from a webhook until a conference's page shows it, in a real browser on this machine. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { createClock } from "../simulator/carrier/clock.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import { launchChromium } from "../support/chromium.ts";
import { startServer } from "../support/server.ts";
import { lineOf, prepareCall } from "./calls.ts";
import { send, type Prepared } from "./load.ts";
import { SETTINGS } from "./servers.ts";

const ROOM = 901;
/** Who is there all the time; visitors come and go one by one. */
const RESIDENTS = 49;
const VISITORS = 32;

/** Between two webhooks, so that they meet the feed at any point of its pace. */
const MOST_PAUSE_MS = 250;

/** What stands in a visitor's row after a webhook; null for no row. */
type Sight = RegExp | null;

/**
 * Milliseconds from sending each webhook until the page shows it, sorted. Both ends read the same clock.
 *
 * @param worker The folder that `buildWorker` filled.
 */
export async function measurePage(worker: string): Promise<number[]> {
  const stateDir = mkdtempSync(path.join(os.tmpdir(), "partyline-bench-page-"));
  const server = await startServer({ worker, stateDir, port: 0, assets: true, settings: SETTINGS });
  const browser = await launchChromium();
  try {
    await server.putLine(lineOf(ROOM), `room-${ROOM}`);
    for (let n = 0; n < RESIDENTS; n += 1) {
      const { answer, answered, transfer } = prepareCall(ROOM, `4477009000${10 + n}`);
      await send(server.url, [answer, answered, transfer], 1);
    }
    const page = await browser.newPage();
    await open(page, server.url);
    return await watchVisitors(page, server.url);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(stateDir, { recursive: true });
  }
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/#/conferences/room-${ROOM}`);
  await page.getByLabel("Token").fill(SETTINGS.API_TOKEN);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText(`${RESIDENTS} in`, { exact: true }).waitFor();
}

async function watchVisitors(page: Page, url: string): Promise<number[]> {
  const random = createRandom("page");
  const pace = createClock(1);
  const latencies: number[] = [];
  for (let n = 0; n < VISITORS; n += 1) {
    const last = 900_100 + n;
    const shown = `+44 7700 ${last}`;
    const call = prepareCall(ROOM, `447700${last}`);
    const sights: [Prepared, Sight][] = [
      [call.answer, /Expected/],
      [call.answered, /Arriving/],
      [call.transfer, /^(?!.*(Expected|Arriving|Unconfirmed))/],
      [call.completed, null],
    ];
    for (const [webhook, sight] of sights) {
      await pace.wait(random.integer(0, MOST_PAUSE_MS));
      await page.evaluate(`(${WATCH})(${JSON.stringify([shown, sight?.source ?? null])})`);
      const sentAt = Date.now();
      await send(url, [webhook], 1);
      latencies.push(Number(await page.evaluate("window.sighted")) - sentAt);
    }
  }
  return latencies.toSorted((a, b) => a - b);
}

/** Runs in the page, which is why it is a text: sets `sighted`, a promise of the moment at which the row is as it should be. */
const WATCH = `([shown, sight]) => {
  const isSo = () => {
    const rows = [...document.querySelectorAll("table.participants tbody tr")];
    const row = rows.find(({ textContent }) => textContent.includes(shown));
    return sight === null ? row === undefined : row !== undefined && new RegExp(sight).test(row.textContent);
  };
  window.sighted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isSo()) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}`;
