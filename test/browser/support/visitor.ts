/** Somebody in front of the page: their own browser window, and a record of what must not happen in it. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Person, Stage } from "./stage.ts";

const PATIENCE_MS = 45_000;

export interface Visitor {
  readonly page: Page;
  /** What the console complained of, errors of scripts and of the content security policy included. */
  readonly complaints: readonly string[];
  /** The origins of everything that was asked for, sockets included. */
  readonly origins: ReadonlySet<string>;
  leave(): Promise<void>;
}

export async function visit(
  browser: Browser,
  { url }: Pick<Stage, "url">,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on("console", (message) => {
    const text = `${message.text()} (${message.location().url})`;
    // Whoever is not logged in is told so, and the browser notes it.
    const isLogin = /status of 401 .*\/api\/session\)$/.test(text);
    if (["error", "warning"].includes(message.type()) && !isLogin) complaints.push(text);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  page.on("websocket", (socket) =>
    origins.add(new URL(socket.url()).origin.replace("ws:", "http:")),
  );
  await page.goto(url);
  return { page, complaints, origins, leave: () => context.close() };
}

/** Types a token into the login and sends it. */
export async function logIn(page: Page, token: string): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Follows a link of the live list. */
export async function openConference(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The row of somebody in the conference that is shown. */
export function rowOf(page: Page, { shown }: Person): Locator {
  return page.getByRole("row").filter({ has: page.getByText(shown, { exact: true }) });
}

/** Goes to the table of all lines. */
export async function openLines(page: Page): Promise<void> {
  const views = page.getByRole("navigation", { name: "Views" });
  await views.getByRole("link", { name: "Lines" }).click();
  await page.getByRole("heading", { level: 1, name: "Lines" }).waitFor();
}

/** Why a control cannot be used, as a screen reader says it; null where it can. */
export async function reasonOf(control: Locator): Promise<string | null> {
  if (!(await control.isDisabled())) return null;
  const id = await control.getAttribute("aria-describedby");
  return id === null ? "" : await control.page().locator(`[id="${id}"]`).innerText();
}
