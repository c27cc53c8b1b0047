/** Scenarios in which callers are asked for a code or a PIN. */
import { disappointments, misjudged } from "../referee/expectations.ts";
import type { Expectation } from "../referee/expectations.ts";
import { conferencesBehind, MODERATOR_PIN, PIN, roomsBehind } from "./line-values.ts";
import type { Scenario } from "./scenarios.ts";
import { dial, eachCall, lineOf } from "./stage.ts";
import type { Line, LineKind, Stage } from "./stage.ts";

/** A way to answer prompts, and where it leads. */
interface Manner extends Pick<Expectation, "who" | "room" | "hears"> {
  readonly entries: readonly string[];
  /** When the caller hangs up, in call milliseconds; missing for one who stays. */
  readonly hangUpAfterMs?: number;
  readonly thinksMs?: number;
}

/** Longer than any prompt is. */
const PATIENT_MS = 8000;
/** While any prompt is still being said. */
const IMPATIENT_MS = 2500;
const GOODBYE = /Goodbye/;

export const pins: Scenario = {
  about: "callers are asked for a PIN: right, the moderators', wrong, none, too early, or hung up",
  lines: ["pins"],
  hasRules: true,
  play: (stage) =>
    playManners(stage, "pins", ({ conference }) => [
      { who: "a guest with the PIN", entries: [`${PIN}#`], room: conference },
      { who: "a moderator", entries: [`${MODERATOR_PIN}#`], room: conference },
      {
        who: "a guest who is wrong at first",
        entries: ["1234#", `${PIN}#`],
        room: conference,
        hears: /not right/,
      },
      { who: "a guesser", entries: ["1#", "12#", "123#", `${PIN}#`], room: null, hears: GOODBYE },
      { who: "a caller who enters nothing", entries: [], room: null, hears: GOODBYE },
      {
        who: "a caller who hangs up while asked",
        entries: [`${PIN}#`],
        room: null,
        hangUpAfterMs: IMPATIENT_MS,
        thinksMs: PATIENT_MS,
      },
      {
        who: "a caller who listens to the end",
        entries: [`${PIN}#`],
        room: conference,
        thinksMs: PATIENT_MS,
      },
      {
        who: "a moderator who types early",
        entries: [`${MODERATOR_PIN}#`],
        room: conference,
        thinksMs: 0,
      },
    ]),
};

export const manyRooms: Scenario = {
  about: "one number leads to three rooms by code, one of them with a PIN; some codes are wrong",
  lines: ["many-rooms"],
  hasRules: true,
  play: (stage) =>
    playManners(stage, "many-rooms", (line) => {
      const { "2001": main, "2002": board, "0042": side } = roomsBehind(line);
      return [
        { who: "a caller of the first room", entries: ["2001#"], room: main.conference },
        { who: "a caller of the board", entries: ["2002#", `${PIN}#`], room: board.conference },
        { who: "a caller of the side room", entries: ["0042#"], room: side.conference },
        {
          who: "a caller whose first code is wrong",
          entries: ["42#", "2001#"],
          room: main.conference,
          hears: /do not know that code/,
        },
        { who: "a caller without a code", entries: ["1#", "2#", "3#"], room: null, hears: GOODBYE },
        {
          who: "a caller of the board whose first PIN is wrong",
          entries: ["2002#", "2001#", `${PIN}#`],
          room: board.conference,
          hears: /not right/,
        },
        {
          who: "a caller of the board without its PIN",
          entries: ["2002#", "1#", "2#", "3#"],
          room: null,
          hears: GOODBYE,
        },
      ];
    }),
};

/** Lets callers answer in one manner after the other. */
async function playManners(
  stage: Stage,
  kind: LineKind,
  mannersOf: (line: Line) => readonly Manner[],
): Promise<void> {
  const expectations: Expectation[] = [];
  const moderators = new Set<string>();
  await eachCall(stage, (index) => {
    const line = lineOf(stage, kind, index);
    const manners = mannersOf(line);
    const manner = manners[index % manners.length];
    if (manner === undefined) return;
    const { entries, hangUpAfterMs = null, thinksMs = 1000, ...expected } = manner;
    const leg = dial(stage, line, index, { entries, hangUpAfterMs, thinksMs });
    expectations.push({ ...expected, leg });
    if (entries.includes(`${MODERATOR_PIN}#`)) moderators.add(leg.id);
  });
  const conferences = stage.lines.flatMap((line) => conferencesBehind(line));
  stage.expect(async () => [
    ...disappointments(stage, conferences, expectations),
    ...(await misjudged(stage, conferences, moderators)),
  ]);
}
