import { afterEach, expect, it } from "vitest";
import { disappointments, wasTold } from "../../../simulator/referee/expectations.ts";
import type { Stage } from "../../../simulator/scenarios/stage.ts";
import { startApplication } from "../support/application.ts";
import type { Answers, Application } from "../support/application.ts";

const CALL = { caller: "447700900001", line: "14155550100" };
const ROOMS = ["board", "standup"];
const TO_STANDUP = [
  { action: "talk", text: "Welcome." },
  { action: "conversation", name: "standup", musicOnHoldUrl: ["https://example.com/music.mp3"] },
];

let application: Application | null = null;
afterEach(() => application?.close());

/** A call that has got where it gets, and the stage that it is on. */
async function playedCall(ncco: unknown) {
  const answers: Answers = { "/webhooks/answer": { status: 200, body: ncco } };
  application = await startApplication(answers);
  const { carrier } = application;
  const leg = carrier.dial({ ...CALL, hangUpAfterMs: null });
  await expect.poll(() => leg.hasArrived || leg.ended.aborted).toBe(true);
  // Only the carrier of a stage is asked.
  return { leg, stage: { carrier } as Stage };
}

it("are met by a caller who heard and reached what was to be", async () => {
  const { leg, stage } = await playedCall(TO_STANDUP);
  const met = { who: "a caller", leg, room: "standup", hears: /Welcome/ };
  expect(disappointments(stage, ROOMS, [met])).toEqual([]);
  expect(leg.holdMusic).toBe("https://example.com/music.mp3");
});

it.each<[string, { room: string | null; hears?: RegExp }, string]>([
  ["in a room that is another", { room: "board" }, "a caller was in standup and not in board"],
  [
    "in a room when there should be none",
    { room: null },
    "a caller was in standup and not in none",
  ],
  [
    "without the words",
    { room: "standup", hears: /full/ },
    'a caller did not hear /full/, but ["Welcome."]',
  ],
])("are not met by one who is %s", async (_, expected, problem) => {
  const { leg, stage } = await playedCall(TO_STANDUP);
  const unmet = { who: "a caller", leg, ...expected };
  expect(disappointments(stage, ROOMS, [unmet])).toEqual([problem]);
});

it("are met by one who was sent away", async () => {
  const { leg, stage } = await playedCall([{ action: "talk", text: "The room is full. Goodbye." }]);
  expect(disappointments(stage, ROOMS, [{ who: "a caller", leg, room: null }])).toEqual([]);
  expect(wasTold(leg, /full/)).toBe(true);
});
