import { describe, expect, it } from "vitest";
import { isOpen, parseHours, type Hours } from "../../../../src/lines/parse/hours.ts";

const hoursOf = (value: unknown): Hours => {
  const parsed = parseHours(value);
  if (!parsed.ok) throw new Error(parsed.error.join("; "));
  return parsed.value;
};

const problemsOf = (value: unknown): string[] => {
  const parsed = parseHours(value);
  return parsed.ok ? [] : parsed.error;
};

const isOpenAt = (timeZone: string, open: unknown, time: string): boolean =>
  isOpen(hoursOf({ timeZone, open }), Date.parse(time));

describe("isOpen", () => {
  it.each([
    ["2026-11-24T07:59:59.999Z", false],
    ["2026-11-24T08:00:00Z", true],
    ["2026-11-24T17:59:59.999Z", true],
    ["2026-11-24T18:00:00Z", false],
    ["2026-11-28T12:00:00Z", false],
  ])("goes from the first minute to the last, its end not included: %s is %s", (time, open) => {
    expect(isOpenAt("UTC", { "mon-fri": "08:00-18:00" }, time)).toBe(open);
  });

  it.each([
    ["2026-11-27T21:59:00Z", false],
    ["2026-11-27T22:00:00Z", true],
    ["2026-11-28T00:00:00Z", true],
    ["2026-11-28T01:59:00Z", true],
    ["2026-11-28T02:00:00Z", false],
    ["2026-11-28T22:00:00Z", false],
  ])("goes over midnight from the day on which it begins: %s is %s", (time, open) => {
    expect(isOpenAt("UTC", { fri: "22:00-02:00" }, time)).toBe(open);
  });

  it.each([
    ["2026-11-29T23:30:00Z", true],
    ["2026-11-30T00:30:00Z", true],
    ["2026-11-30T01:30:00Z", false],
  ])("goes over the end of the week: %s is %s", (time, open) => {
    expect(isOpenAt("UTC", { sun: "23:00-01:00" }, time)).toBe(open);
  });

  it.each([
    ["2026-11-24T00:00:00Z", true],
    ["2026-11-24T23:59:59Z", true],
    ["2026-11-25T00:00:00Z", false],
  ])("takes 24:00 for the end of the day: %s is %s", (time, open) => {
    expect(isOpenAt("UTC", { tue: "00:00-24:00" }, time)).toBe(open);
  });

  it.each([
    ["2026-11-28T10:00:00Z", true],
    ["2026-11-28T12:30:00Z", false],
    ["2026-11-28T14:00:00Z", true],
  ])("knows a break: %s is %s", (time, open) => {
    expect(isOpenAt("UTC", { sat: ["09:00-12:00", "13:00-15:00"] }, time)).toBe(open);
  });

  it("takes a range of days over the weekend", () => {
    const open = { "sat-mon": "10:00-11:00" };
    const days = [27, 28, 29, 30].map((day) => isOpenAt("UTC", open, `2026-11-${day}T10:30:00Z`));
    expect(days).toEqual([false, true, true, true]);
    expect(isOpenAt("UTC", open, "2026-12-01T10:30:00Z")).toBe(false);
  });

  it.each([
    ["America/Los_Angeles", "2026-11-24T07:00:00Z", "mon", "23:00-23:30"],
    ["Asia/Kolkata", "2026-11-23T20:00:00Z", "tue", "01:30-01:31"],
    ["Pacific/Kiritimati", "2026-11-23T12:00:00Z", "tue", "02:00-02:01"],
    ["Australia/Lord_Howe", "2026-11-24T00:00:00Z", "tue", "11:00-11:01"],
  ])("goes by the clock and the day of %s", (timeZone, time, day, opening) => {
    expect(isOpenAt(timeZone, { [day]: opening }, time)).toBe(true);
  });

  it.each([
    // In winter Berlin is an hour ahead of UTC, in summer two.
    ["2026-03-27T07:30:00Z", true],
    ["2026-03-27T06:30:00Z", false],
    ["2026-03-30T06:30:00Z", true],
    ["2026-10-23T06:30:00Z", true],
    ["2026-10-26T06:30:00Z", false],
    ["2026-10-26T07:30:00Z", true],
  ])("moves with daylight saving: %s is %s", (time, open) => {
    expect(isOpenAt("Europe/Berlin", { "mon-fri": "08:00-18:00" }, time)).toBe(open);
  });

  it("opens twice in an hour that comes twice, and not in one that is left out", () => {
    const open = { sun: "02:00-03:00" };
    const at = (time: string): boolean => isOpenAt("Europe/Berlin", open, time);
    expect([at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")]).toEqual([true, true]);
    expect([at("2026-03-29T00:59:00Z"), at("2026-03-29T01:00:00Z")]).toEqual([false, false]);
  });

  it("stays open over midnight through the night in which the clock moves", () => {
    const open = { sat: "22:00-04:00" };
    const hours = Array.from({ length: 9 }, (_, n) => Date.UTC(2026, 9, 24, 19 + n, 30));
    const opened = hours.map((time) => isOpen(hoursOf({ timeZone: "Europe/Berlin", open }), time));
    // 21:30 and then seven hours, of which 02:30 comes twice, until 03:30.
    expect(opened).toEqual([false, true, true, true, true, true, true, true, false]);
  });
});

describe("parseHours", () => {
  it("reads days one by one, and a day off", () => {
    const open = { "mon-tue": "08:00-18:00", sat: ["09:00-12:00"], sun: [] };
    expect(hoursOf({ timeZone: "Europe/Berlin", open })).toEqual({
      timeZone: "Europe/Berlin",
      open: { mon: ["08:00-18:00"], tue: ["08:00-18:00"], sat: ["09:00-12:00"], sun: [] },
    });
  });

  const OPEN = { mon: "08:00-18:00" };
  const TIMES =
    'must be a time such as "08:00-18:00", "22:00-02:00" or "00:00-24:00", or a list of them';
  const SIGNS =
    'needs small letters, and the hyphen and colon of a keyboard without blanks, as in "mon-fri": "08:00-18:00"';
  const DAYS =
    "must be a day (mon, tue, wed, thu, fri, sat, sun) or a range of days such as mon-fri";

  it.each([
    [
      "08:00-18:00",
      'must be an object such as { "timeZone": "Europe/Berlin", "open": { "mon-fri": "08:00-18:00" } }',
    ],
    [{ open: OPEN }, "timeZone: must be a time zone such as Europe/Berlin"],
    [{ timeZone: "", open: OPEN }, "timeZone: must be a time zone such as Europe/Berlin"],
    [{ timeZone: "Berlin", open: OPEN }, "timeZone: must be a time zone such as Europe/Berlin"],
    [{ timeZone: 1, open: OPEN }, "timeZone: must be a time zone such as Europe/Berlin"],
    [
      { timeZone: "UTC" },
      'open: must be an object from days to times, such as { "mon-fri": "08:00-18:00" }',
    ],
    [{ timeZone: "UTC", open: {} }, "open: is never open: name at least one opening"],
    [{ timeZone: "UTC", open: { mon: [] } }, "open: is never open: name at least one opening"],
    [{ timeZone: "UTC", open: OPEN, closed: [] }, "closed: is not a key of hours"],
    [{ timeZone: "UTC", open: { monday: "08:00-18:00" } }, `open, monday: ${DAYS}`],
    [{ timeZone: "UTC", open: { "mon-": "08:00-18:00" } }, `open, mon-: ${DAYS}`],
    [{ timeZone: "UTC", open: { "mon–fri": "08:00-18:00" } }, `open, mon–fri: ${SIGNS}`],
    [{ timeZone: "UTC", open: { "Mon-Fri": "08:00-18:00" } }, `open, Mon-Fri: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: "08:00–18:00" } }, `open, mon: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: ["08:00−12:00", "13:00-18:00"] } }, `open, mon: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: "08:00 - 18:00" } }, `open, mon: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: "０８：００‑18∶00" } }, `open, mon: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: "\u200e08:00-18:00" } }, `open, mon: ${SIGNS}`],
    [{ timeZone: "UTC", open: { mon: "8–18" } }, `open, mon: ${TIMES}`],
    [{ timeZone: "UTC", open: { mon: "8-18" } }, `open, mon: ${TIMES}`],
    [{ timeZone: "UTC", open: { mon: "08:00-25:00" } }, `open, mon: ${TIMES}`],
    [{ timeZone: "UTC", open: { mon: "24:00-08:00" } }, `open, mon: ${TIMES}`],
    [{ timeZone: "UTC", open: { mon: ["08:00-18:00", 5] } }, `open, mon: ${TIMES}`],
    [{ timeZone: "UTC", open: { mon: true } }, `open, mon: ${TIMES}`],
    [
      { timeZone: "UTC", open: { mon: "08:00-08:00" } },
      "open, mon: begins when it ends: write 00:00-24:00 for the whole day",
    ],
    [
      { timeZone: "UTC", open: { "mon-fri": "08:00-18:00", wed: "08:00-12:00" } },
      "open, wed: wed is given twice",
    ],
  ])("names what is wrong with %j", (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });
});
