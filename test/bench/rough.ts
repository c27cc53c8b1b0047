/**
 * The same misbehaving carrier for both: a quarter of the webhooks come twice, a fifth late, and some callers stay. What
 * each program counts at the end is compared with who is really there.
 */
import { createRandom } from "../simulator/random.ts";
import { lineOf, prepareCalls } from "./calls.ts";
import { send, type Prepared } from "./load.ts";
import { SETTINGS } from "./servers.ts";

const ROOM = 777;
const CALLS = 200;
const STAYING = 50;
const TWICE = 0.25;
const LATE = 0.2;

export interface RoughResult {
  readonly truth: number;
  readonly bridge: number;
  readonly express: number;
}

export async function roughRun(
  bridge: string,
  express: string,
  seed: number,
): Promise<RoughResult> {
  const deliveries = misdelivered(seed);
  for (const url of [bridge, express]) await send(url, deliveries, 8);
  return { truth: STAYING, bridge: await countOf(bridge), express: await expressCount(express) };
}

function misdelivered(seed: number): Prepared[] {
  const random = createRandom(`rough ${seed}`);
  const timed = prepareCalls(CALLS, () => ROOM).flatMap((call, index) => {
    const { answer, started, ringing, answered, transfer, completed } = call;
    const events = [started, ringing, answered, transfer, ...(index < STAYING ? [] : [completed])];
    return [answer, ...events].flatMap((webhook, step) => {
      const due = index * 3 + step;
      const at = random.chance(LATE) ? due + 40 * random.fraction() : due;
      return random.chance(TWICE)
        ? [
            { at, webhook },
            { at: at + 5, webhook },
          ]
        : [{ at, webhook }];
    });
  });
  return timed.toSorted((a, b) => a.at - b.at).map(({ webhook }) => webhook);
}

async function countOf(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${SETTINGS.API_TOKEN}` };
  const response = await fetch(`${url}/api/conferences/room-${ROOM}`, { headers });
  return ((await response.json()) as { count: number }).count;
}

async function expressCount(url: string): Promise<number> {
  const response = await fetch(`${url}/count/${lineOf(ROOM)}`);
  return ((await response.json()) as { count: number }).count;
}
