import { afterEach, expect, it } from "vitest";
import { USUAL_SILENCES } from "../../../simulator/chaos/silences.ts";
import type { Silences } from "../../../simulator/chaos/silences.ts";
import { startApplication } from "../support/application.ts";
import type { Application } from "../support/application.ts";

const HOST = { caller: "447700900001", line: "14155550102", hangUpAfterMs: null };
const GUEST = { caller: "447700900002", line: "14155550101", hangUpAfterMs: null };
const ROOM = { action: "conversation", name: "town-hall" };

let application: Application | null = null;
afterEach(() => application?.close());

/** Guests wait for a host, who closes the room. */
async function start(silences: Partial<Silences>): Promise<Application> {
  application = await startApplication({}, { silences: { ...USUAL_SILENCES, ...silences } });
  return application;
}

/** Answers by the called number; a GET has it in the query, so the carrier's own choice of line is enough. */
function answerWith(started: Application, actions: Record<string, unknown>): void {
  started.carrier.platform.fetchNcco = async () => [{ ...ROOM, ...actions }] as never;
}

async function bothIn(started: Application) {
  answerWith(started, { startOnEnter: false });
  const guest = started.carrier.dial(GUEST);
  await expect.poll(() => guest.hasArrived).toBe(true);
  const before = started.carrier.truth.whereIs(guest.id);
  answerWith(started, { endOnExit: true });
  const host = started.carrier.dial(HOST);
  await expect.poll(() => started.carrier.truth.present("town-hall").size).toBe(2);
  return { guest, host, before };
}

it.each<[Silences["transfer"], string | null, number]>([
  ["at-once", "town-hall", 2],
  ["at-start", null, 2],
  ["never", "town-hall", 0],
])(
  "transfer %s: a waiting guest is %s, and %s moves are reported",
  async (transfer, where, moves) => {
    const started = await start({ transfer });
    const { host, before } = await bothIn(started);
    host.hangUp("user");
    await started.carrier.finished();
    expect(before).toBe(where);
    expect(started.eventNames().filter((name) => name === "transfer")).toHaveLength(moves);
  },
);

it.each<[Silences["endOnExit"], number]>([
  ["at-once", 2],
  ["late", 2],
  ["no-completed", 1],
])("endOnExit %s: %s legs are reported as completed", async (endOnExit, completed) => {
  const started = await start({ endOnExit });
  const { guest, host } = await bothIn(started);
  host.hangUp("user");
  await expect.poll(() => guest.ended.aborted).toBe(true);
  await started.carrier.finished();
  expect(started.eventNames().filter((name) => name === "completed")).toHaveLength(completed);
});

it.each<[Silences["conversation"], number]>([
  ["kept", 1],
  ["renewed", 2],
])("conversation %s: two meetings have %s ids", async (conversation, ids) => {
  const started = await start({ conversation });
  answerWith(started, {});
  const seen = new Set<string>();
  for (let meeting = 1; meeting <= 2; meeting += 1) {
    const leg = started.carrier.dial(HOST);
    await expect.poll(() => leg.hasArrived).toBe(true);
    seen.add(leg.conversation);
    leg.hangUp("user");
    await started.carrier.finished();
  }
  expect(seen.size).toBe(ids);
});

it.each<[Silences["completed"], boolean]>([
  ["named", false],
  ["origin", true],
])(
  "completed %s: it names the conversation that the call began in: %s",
  async (completed, origin) => {
    const started = await start({ completed });
    answerWith(started, {});
    const leg = started.carrier.dial(HOST);
    await expect.poll(() => leg.hasArrived).toBe(true);
    leg.hangUp("user");
    await started.carrier.finished();
    const last = started.events.find((event) => event.includes('"completed"')) ?? "";
    expect(last.includes(leg.origin)).toBe(origin);
  },
);

it.each<[Silences["retry"], number]>([
  ["once", 2],
  ["twice", 3],
  ["any-error", 2],
])("retry %s: an answer that fails is asked for %s times", async (retry, times) => {
  application = await startApplication(
    { "/webhooks/answer": { status: 503, body: null } },
    { silences: { ...USUAL_SILENCES, retry } },
  );
  application.carrier.dial(HOST);
  await application.carrier.finished();
  const asked = application.received.filter(({ path }) => path === "/webhooks/answer");
  expect(asked).toHaveLength(times);
});

it.each<[Silences["conversationEvents"], number, number]>([
  ["recording", 1, 0],
  ["states-too", 1, 1],
  ["states-only", 0, 1],
])(
  "conversation events %s: completed comes %s times here and %s times there",
  async (mode, here, there) => {
    const started = await start({ conversationEvents: mode });
    answerWith(started, { eventUrl: [`${started.url}/room`] });
    const leg = started.carrier.dial(HOST);
    await expect.poll(() => leg.hasArrived).toBe(true);
    leg.hangUp("user");
    await started.carrier.finished();
    const atTheRoom = started.received.filter(({ path }) => path === "/room");
    expect(started.events.filter(isCompleted)).toHaveLength(here);
    expect(atTheRoom.filter(({ body }) => isCompleted(body))).toHaveLength(there);
  },
);

function isCompleted(body: string): boolean {
  return body.includes('"completed"');
}
