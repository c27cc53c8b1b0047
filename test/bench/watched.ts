/** What open pages cost: webhooks to one conference of fifty while nobody looks, and while two hundred pages are open on it. */
import type { ConferenceView } from "../../src/contract/conference-view.ts";
import { prepareCalls } from "./calls.ts";
import { send, type Prepared } from "./load.ts";
import type { Runs } from "./measures.ts";
import { SETTINGS } from "./servers.ts";
import { figure, type Figure } from "./statistics.ts";
import { Watchers, type Heard } from "./watchers.ts";

export const PAGES = 200;
const ROOM = 900;
export const PEOPLE = 50;
const CALLERS = 8;
/** How often the room fills and empties in a round. */
const WAVES = 4;

/** The last delta is a tenth of a second behind; a machine under load may take longer. */
const FINAL_VIEW_MS = 10_000;

export interface Watched {
  /** Of `watched` and `alone`. */
  readonly runs: Runs;
  /** To each page in a round. */
  readonly messages: Figure;
  /** How often a page missed something, in all rounds. */
  readonly gaps: number;
}

/** @throws where the pages do not end with the same view as the API. */
export async function measureWatched(url: string, rounds: number): Promise<Watched> {
  const watchers = new Watchers();
  const runs: Runs = new Map([
    ["watched", []],
    ["alone", []],
  ]);
  const heard: Heard[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const order = round % 2 === 0 ? ["watched", "alone"] : ["alone", "watched"];
      for (const name of order) {
        const isWatched = name === "watched";
        if (isWatched) await watchers.open(socketOf(url), SETTINGS.API_TOKEN, PAGES);
        const { run, leave } = await fillAndEmpty(url);
        if (isWatched) {
          const latest = await finalViews(url, watchers);
          await watchers.close();
          if (round > 0) heard.push(latest);
        }
        await send(url, leave, CALLERS);
        if (round > 0) runs.get(name)?.push(run);
      }
      process.stderr.write(`\r  round ${round} of ${rounds}  `);
    }
  } finally {
    await watchers.end();
  }
  process.stderr.write("\r                        \r");
  return {
    runs,
    messages: figure(heard.map(({ messages }) => messages / PAGES)),
    gaps: heard.reduce((sum, { gaps }) => sum + gaps, 0),
  };
}

/** Lets the room fill and empty, and fill once more; only events are timed, in the order in which they come. */
async function fillAndEmpty(url: string) {
  const latencies: number[] = [];
  let seconds = 0;
  const timed = async (webhooks: readonly Prepared[]): Promise<void> => {
    const run = await send(url, webhooks, CALLERS);
    latencies.push(...run.latencies);
    seconds += run.seconds;
  };
  let leave: Prepared[] = [];
  for (let wave = 0; wave < WAVES; wave += 1) {
    const calls = prepareCalls(PEOPLE, () => ROOM);
    await timed(leave);
    await send(
      url,
      calls.map(({ answer }) => answer),
      CALLERS,
    );
    await timed(
      calls.flatMap(({ started, ringing, answered, transfer }) => [
        started,
        ringing,
        answered,
        transfer,
      ]),
    );
    leave = calls.map(({ completed }) => completed);
  }
  return { run: { latencies: latencies.toSorted((a, b) => a - b), seconds }, leave };
}

async function finalViews(url: string, watchers: Watchers): Promise<Heard> {
  const deadline = performance.now() + FINAL_VIEW_MS;
  for (;;) {
    const view = await viewAt(url);
    const heard = await watchers.compare(view);
    if (heard.equal === PAGES && view.count === PEOPLE) return heard;
    if (performance.now() > deadline) {
      throw new Error(
        `only ${heard.equal} of ${PAGES} pages show what the API says: ${heard.difference}`,
      );
    }
  }
}

async function viewAt(url: string): Promise<ConferenceView> {
  const headers = { authorization: `Bearer ${SETTINGS.API_TOKEN}` };
  const response = await fetch(`${url}/api/conferences/room-${ROOM}`, { headers });
  return (await response.json()) as ConferenceView;
}

function socketOf(url: string): string {
  return `${url.replace("http:", "ws:")}/api/conferences/room-${ROOM}/live`;
}
