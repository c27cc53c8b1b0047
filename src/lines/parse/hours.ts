/** When a line is open: weekly times, local to its time zone, including daylight saving. Pure. */
import { BoundedMap } from "../../lib/bounded-map.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { foldedText } from "../../vonage/numbers.ts";
import { isObject } from "../../vonage/payload.ts";
import { nameable } from "./secrets.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Day = (typeof DAYS)[number];

export interface Hours {
  timeZone: string;
  /** By the day on which an opening begins: `"08:00-18:00"`, or past midnight `"22:00-02:00"`. */
  open: Partial<Record<Day, string[]>>;
}

const DAY = /^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?$/;
const OPENING = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const PROBLEM = {
  hours:
    'must be an object such as { "timeZone": "Europe/Berlin", "open": { "mon-fri": "08:00-18:00" } }',
  timeZone: "timeZone: must be a time zone such as Europe/Berlin",
  open: 'open: must be an object from days to times, such as { "mon-fri": "08:00-18:00" }',
  never: "open: is never open: name at least one opening",
  day: "must be a day (mon, tue, wed, thu, fri, sat, sun) or a range of days such as mon-fri",
  opening:
    'must be a time such as "08:00-18:00", "22:00-02:00" or "00:00-24:00", or a list of them',
  signs:
    'needs small letters, and the hyphen and colon of a keyboard without blanks, as in "mon-fri": "08:00-18:00"',
  same: "begins when it ends: write 00:00-24:00 for the whole day",
};

/** Whether `now`, in milliseconds since the epoch, is within an opening. The end of an opening is not within it. */
export function isOpen(hours: Hours, now: number): boolean {
  const { day, time } = wallClock(hours.timeZone, now);
  const today = DAYS.indexOf(day);
  const yesterday = DAYS.at(today - 1) ?? day;
  return (
    openingsOf(hours, day).some(({ from, to }) => from <= time && (time < to || to < from)) ||
    // Openings that began yesterday and last past midnight.
    openingsOf(hours, yesterday).some(({ from, to }) => to < from && time < to)
  );
}

/** Times as text, `HH:MM`, which sorts like the times. */
function openingsOf(hours: Hours, day: Day): { from: string; to: string }[] {
  return (hours.open[day] ?? []).flatMap((opening) => {
    const [, from, to] = OPENING.exec(opening) ?? [];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
}

function wallClock(timeZone: string, now: number): { day: Day; time: string } {
  const format = clockIn(timeZone);
  const parts = new Map(format?.formatToParts(now).map(({ type, value }) => [type, value]));
  const weekday = parts.get("weekday")?.toLowerCase();
  const day = DAYS.find((each) => each === weekday) ?? "mon";
  return { day, time: `${parts.get("hour")}:${parts.get("minute")}` };
}

/** Formatters are kept: making one takes as long as parsing a line of many rooms, and an import has hundreds of lines. */
const clocks = new BoundedMap<Intl.DateTimeFormat | null>(50);

/** Null where there is no such time zone. */
function clockIn(timeZone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  let clock: Intl.DateTimeFormat | null;
  try {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  } catch {
    clock = null;
  }
  clocks.set(timeZone, clock);
  return clock;
}

/** Errors: every problem, by key. */
export function parseHours(value: unknown): Result<Hours, string[]> {
  if (!isObject(value)) return fail([PROBLEM.hours]);
  const { timeZone, open, ...others } = value;
  const problems = Object.keys(others).map((key) => `${nameable(key)}: is not a key of hours`);
  if (!isTimeZone(timeZone)) problems.unshift(PROBLEM.timeZone);
  const days = parseDays(open);
  if (!days.ok) return fail([...problems, ...days.error]);
  return problems.length > 0 || !isTimeZone(timeZone)
    ? fail(problems)
    : ok({ timeZone, open: days.value });
}

function isTimeZone(value: unknown): value is string {
  return typeof value === "string" && value !== "" && clockIn(value) !== null;
}

function parseDays(value: unknown): Result<Hours["open"], string[]> {
  if (!isObject(value)) return fail([PROBLEM.open]);
  const open: Hours["open"] = {};
  const problems: string[] = [];
  for (const [key, times] of Object.entries(value)) {
    const days = daysOf(key);
    const openings: unknown[] = Array.isArray(times) ? times : [times];
    if (days.length === 0) {
      const meant = daysOf(normalized(key)).length > 0;
      problems.push(`open, ${nameable(key)}: ${meant ? PROBLEM.signs : PROBLEM.day}`);
    }
    if (!openings.every((opening) => isOpening(opening))) {
      const meant = openings.every((opening) =>
        isOpening(typeof opening === "string" && normalized(opening)),
      );
      problems.push(`open, ${nameable(key)}: ${meant ? PROBLEM.signs : PROBLEM.opening}`);
      continue;
    }
    if (openings.some((opening) => beginsWhenItEnds(opening))) {
      problems.push(`open, ${nameable(key)}: ${PROBLEM.same}`);
    }
    for (const day of days) {
      if (open[day] !== undefined) problems.push(`open, ${key}: ${day} is given twice`);
      open[day] = openings;
    }
  }
  const never = Object.values(open).every((openings) => openings.length === 0);
  if (never && problems.length === 0) problems.push(PROBLEM.never);
  return problems.length > 0 ? fail(problems) : ok(open);
}

/** The days of a key; a range may wrap, so `fri-mon` includes the weekend. Empty where it is none. */
function daysOf(key: string): Day[] {
  const [, first, last = first] = DAY.exec(key) ?? [];
  const from = DAYS.findIndex((day) => day === first);
  const to = DAYS.findIndex((day) => day === last);
  if (from < 0) return [];
  const count = ((to - from + DAYS.length) % DAYS.length) + 1;
  return [...DAYS, ...DAYS].slice(from, from + count);
}

/** Replaces typographic dashes, colons and digits by those of a keyboard, to find out what was meant. */
function normalized(text: string): string {
  return foldedText(text)
    .replace(/\s/g, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/\u2236/g, ":")
    .toLowerCase();
}

function isOpening(value: unknown): value is string {
  return typeof value === "string" && OPENING.test(value);
}

function beginsWhenItEnds(opening: string): boolean {
  return opening.slice(0, 5) === opening.slice(6);
}
