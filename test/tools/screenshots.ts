/**
 * What `npm run screenshots` runs: the built Worker on this machine, the demo's cast calling it, and a browser that logs in
 * and takes the README's pictures of the page. Nothing in them is drawn: people call, an operator acts, the page shows it.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { createClock } from "../simulator/carrier/clock.ts";
import { LINES } from "../simulator/commands/demo-cast.ts";
import { Play } from "../simulator/commands/demo-play.ts";
import { startLocalBridge } from "../simulator/commands/local-bridge.ts";
import type { LocalBridge } from "../simulator/commands/local-bridge.ts";
import { serveCarrier } from "../simulator/rest/carrier-server.ts";
import { launchChromium } from "../support/chromium.ts";
import { freePort } from "../support/loopback.ts";

const HELP = `Usage: npm run screenshots [-- --rounds N]

Takes live.png and conference.png in src/dashboard/pictures, the README's: builds the Worker,
runs it on this machine, lets the demo's cast call it, and photographs its page in Chromium
(CHROMIUM_PATH, where it is not in the usual place).

  --rounds N   how often the cast's minute is played (5); the pictures are taken in the last,
               and those before it are what the charts show
`;

const PICTURES = path.resolve(import.meta.dirname, "../../src/dashboard/pictures");

/** When in the cast's minute most people are in. */
const MOMENT_MS = 33_000;

/** Before it, the time to log in and mute somebody, and then to let the last callers arrive. */
const ACTING_MS = 2000;
const SETTLING_MS = 8000;

const SIZE = { width: 1280, height: 800 };
const LIVE_HEIGHT = 420;
const MAX_BYTES = 150_000;

/** Called beside the cast's lines: one that nobody has set up, and one whose value has a mistake in it. */
const NO_LINE = "14155550199";
const WRONG_LINE = "14155550103";
const WRONG_VALUE = JSON.stringify({ conference: "planning", pin: 4802 });

/** Whom the operator mutes, and who calls the lines that lead nowhere. */
const MUTED = "+44 7700 900006";
const STRANGER = "447700900020";

const { values } = parseArgs({
  options: {
    help: { type: "boolean", short: "h", default: false },
    rounds: { type: "string", default: "5" },
  },
});
if (values.help) {
  console.log(HELP);
} else {
  await takePictures(Number(values.rounds));
  // Whoever is still on the phone is left there.
  process.exit();
}

async function takePictures(rounds: number): Promise<void> {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds: not ${values.rounds}`);
  const interrupted = new AbortController().signal;
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const port = await freePort(Array.from({ length: 20 }, (_, n) => 22_900 + n));
  console.log("Building the Worker as it deploys, and starting it …");
  const bridge = await startLocalBridge({
    name: "screenshots",
    assets: true,
    settings: {
      VONAGE_API_URL: `http://127.0.0.1:${port}`,
      VONAGE_PRIVATE_KEY: keys.privateKey,
      DIAL_PREFIXES: "+44 7700",
    },
    interrupted,
  });
  const browser = await launchChromium();
  try {
    for (const [number, value] of Object.entries(LINES)) await bridge.putLine(number, value);
    await bridge.putLine(WRONG_LINE, WRONG_VALUE);
    const play = new Play({
      bridgeUrl: bridge.url,
      account: bridge.account,
      clock: createClock(1),
      note: console.log,
    });
    const { applicationId } = bridge.account;
    await serveCarrier(play.carrier, {
      port,
      applicationId,
      publicKey: keys.publicKey,
      numbers: Object.keys(LINES),
    });

    for (let round = 1; round < rounds; round += 1) {
      console.log(`Round ${round} of ${rounds}: a minute of calls, for the charts …`);
      await play.perform(interrupted);
    }
    console.log(`Round ${rounds} of ${rounds}: the one in the pictures …`);
    void play.perform(interrupted);
    await sleep(MOMENT_MS - SETTLING_MS - ACTING_MS);
    for (const line of [NO_LINE, WRONG_LINE]) {
      play.carrier.dial({ caller: STRANGER, line, hangUpAfterMs: null });
    }
    await photograph(browser, bridge);
  } finally {
    await browser.close();
    await bridge.stop();
  }
}

async function photograph(browser: Browser, bridge: LocalBridge): Promise<void> {
  const light = await openPage(browser, bridge, "light");
  const dark = await openPage(browser, bridge, "dark");
  await dark.getByRole("link", { name: "standup", exact: true }).click();
  await dark.getByRole("button", { name: `Mute ${MUTED}` }).click();
  await dark.getByText("Muted", { exact: true }).waitFor();
  await dark.getByRole("heading", { level: 1, name: "standup" }).click();
  await sleep(SETTLING_MS);

  mkdirSync(PICTURES, { recursive: true });
  // Below its sections the list is empty.
  await light.setViewportSize({ ...SIZE, height: LIVE_HEIGHT });
  await save(light, "live.png");
  await save(dark, "conference.png");
}

/** A window of its own, logged in, at the list of what is live. */
async function openPage(
  browser: Browser,
  { url, token }: LocalBridge,
  colorScheme: "light" | "dark",
): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZE,
    deviceScaleFactor: 1,
    colorScheme,
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { level: 1, name: "Live" }).waitFor();
  return page;
}

/** @throws Error where the picture is too large for a README. */
async function save(page: Page, name: string): Promise<void> {
  const file = path.join(PICTURES, name);
  await page.screenshot({ path: file });
  const { size } = statSync(file);
  console.log(`${name}: ${Math.round(size / 1000)} KB`);
  if (size > MAX_BYTES) throw new Error(`${name} is larger than ${MAX_BYTES / 1000} KB`);
}
