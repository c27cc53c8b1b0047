/** What is measured: each measure runs its subjects alternately, round by round, on servers that stay up. */
import { prepareCalls, type PreparedCall } from "./calls.ts";
import { send, type Prepared, type Run } from "./load.ts";

export interface Subject {
  readonly name: string;
  readonly url: string;
  /** Where events go, if not to the same isolate as answers. */
  readonly eventsTo?: string;
}

/** All runs of each subject, in the order of its rounds. */
export type Runs = Map<string, Run[]>;

const ROOMS = 100;

/** Answer webhooks of callers who are all new, over a hundred rooms. */
export async function measureAnswers(
  subjects: readonly Subject[],
  rounds: number,
  callers: number,
  perRound: number,
): Promise<Runs> {
  return await alternate(subjects, rounds, async ({ url }) => {
    const calls = prepareCalls(perRound, (index) => index % ROOMS);
    return await send(
      url,
      calls.map(({ answer }) => answer),
      callers,
    );
  });
}

/** `answered` webhooks of callers who were let in before the clock starts. */
export async function measureEvents(
  subjects: readonly Subject[],
  rounds: number,
  callers: number,
  perRound: number,
): Promise<Runs> {
  return await alternate(subjects, rounds, async ({ url, eventsTo = url }) => {
    const calls = prepareCalls(perRound, (index) => index % ROOMS);
    await send(
      url,
      calls.map(({ answer }) => answer),
      callers,
    );
    return await send(
      eventsTo,
      calls.map(({ answered }) => answered),
      callers,
    );
  });
}

/** Whole calls, each webhook after the one before it, many calls side by side. */
export async function measureCalls(
  subjects: readonly Subject[],
  rounds: number,
  callers: number,
  perRound: number,
): Promise<Runs> {
  return await alternate(subjects, rounds, async ({ url }) => {
    const calls = prepareCalls(perRound, (index) => index % ROOMS);
    const start = performance.now();
    const latencies: number[] = [];
    const queue = calls.values();
    const caller = async (): Promise<void> => {
      for (const call of queue) latencies.push(...(await send(url, inOrder(call), 1)).latencies);
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return {
      latencies: latencies.toSorted((a, b) => a - b),
      seconds: (performance.now() - start) / 1000,
    };
  });
}

function inOrder(call: PreparedCall): Prepared[] {
  const { answer, started, ringing, answered, transfer, completed } = call;
  return [answer, started, ringing, answered, transfer, completed];
}

/** The cost of a webhook in rooms with so many people in them, alternately. */
export async function measureRooms(
  url: string,
  sizes: readonly number[],
  rounds: number,
  perRound: number,
): Promise<Runs> {
  const firstRoom = 500;
  for (const [index, size] of sizes.entries()) {
    const calls = prepareCalls(size, () => firstRoom + index);
    await send(
      url,
      calls.map(({ answer }) => answer),
      8,
    );
    await send(
      url,
      calls.map(({ transfer }) => transfer),
      8,
    );
  }
  const subjects = sizes.map((size, index) => ({
    name: String(size),
    url: String(firstRoom + index),
  }));
  return await alternate(subjects, rounds, async ({ url: room }) => {
    const visitors = prepareCalls(perRound, () => Number(room));
    await send(
      url,
      visitors.map(({ answer }) => answer),
      1,
    );
    const run = await send(
      url,
      visitors.map(({ answered }) => answered),
      1,
    );
    await send(
      url,
      visitors.map(({ completed }) => completed),
      8,
    );
    return run;
  });
}

/** The cost of a webhook when calls are spread over so many rooms, alternately; every room has been used before. */
export async function measureSpread(
  url: string,
  numbers: readonly number[],
  rounds: number,
  perRound: number,
): Promise<Runs> {
  const all = prepareCalls(Math.max(...numbers), (index) => index);
  await send(
    url,
    all.map(({ answer }) => answer),
    8,
  );
  const subjects = numbers.map((number) => ({ name: String(number), url: String(number) }));
  return await alternate(subjects, rounds, async ({ url: number }) => {
    const calls = prepareCalls(perRound, (index) => (index * 7) % Number(number));
    await send(
      url,
      calls.map(({ answer }) => answer),
      8,
    );
    return await send(
      url,
      calls.map(({ answered }) => answered),
      1,
    );
  });
}

/** One round of warming up, then the measured ones; the order turns round each time. */
async function alternate(
  subjects: readonly Subject[],
  rounds: number,
  run: (subject: Subject) => Promise<Run>,
): Promise<Runs> {
  const runs: Runs = new Map(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const subject of order) {
      const result = await run(subject);
      if (round > 0) runs.get(subject.name)?.push(result);
    }
    process.stderr.write(`\r  round ${round} of ${rounds}  `);
  }
  process.stderr.write("\r                        \r");
  return runs;
}
