import { describe, expect, it } from "vitest";
import type { NumberedEntry } from "../../../../src/conference/state/journal-entry.ts";
import { storedRecordings } from "../../../../src/conference/state/recording-list.ts";

const HOST = "https://api.nexmo.com/v1/files";

function entry(kind: string, body: object): NumberedEntry {
  const when = { at: null, receivedAt: 0, seq: 1 };
  return { leg: null, kind, status: null, outcome: "ignored", body: JSON.stringify(body), ...when };
}

const recording = (id: unknown, more: object = {}): NumberedEntry =>
  entry("record", { recording_uuid: id, recording_url: `${HOST}/${String(id)}`, ...more });

const transcription = (id: unknown, url: unknown = `${HOST}/text`): NumberedEntry =>
  entry("status", { recording_uuid: id, transcription_url: url, status: "transcribed" });

describe("storedRecordings", () => {
  it("keeps the order, and joins each with its transcription, whichever came first", () => {
    const stored = storedRecordings([
      transcription("b"),
      recording("c"),
      recording("b"),
      recording("a"),
      transcription("a", `${HOST}/other`),
    ]);
    expect(stored.map(({ view, urls }) => [view.id, view.transcribed, urls])).toEqual([
      ["c", false, { recording: `${HOST}/c`, transcription: null }],
      ["b", true, { recording: `${HOST}/b`, transcription: `${HOST}/text` }],
      ["a", true, { recording: `${HOST}/a`, transcription: `${HOST}/other` }],
    ]);
  });

  it("leaves out what has no id, and a transcription of nothing that is known", () => {
    expect(storedRecordings([recording(undefined), recording(5), transcription("x")])).toEqual([]);
    expect(storedRecordings([entry("record", []), entry("record", {})])).toEqual([]);
  });

  it("lists a recording that was reported again once", () => {
    expect(storedRecordings([recording("a"), recording("a", { size: 5 })])).toHaveLength(1);
  });

  it.each([
    ["2020-07-14T01:23:04Z", "2020-07-14T01:23:09Z", 5],
    ["2020-07-14T01:23:04Z", "2020-07-14T01:23:03Z", 0],
    ["2020-07-14T01:23:04Z", "later", null],
    [undefined, "2020-07-14T01:23:09Z", null],
  ])("of one from %s to %s the seconds are %s", (start_time, end_time, seconds) => {
    const [stored] = storedRecordings([recording("a", { start_time, end_time })]);
    expect(stored?.view.seconds).toBe(seconds);
  });

  it.each([
    [18_990, 18_990],
    ["18990", 18_990],
    ["much", null],
    [null, null],
  ])("a size of %j is %s", (size, shown) => {
    expect(storedRecordings([recording("a", { size })])[0]?.view.size).toBe(shown);
  });
});
