/** Which calls a list is about (Vonage Voice API 1.10.0, getCalls). */
import * as v from "valibot";
import type { CallRecord } from "../../carrier/call-control.ts";
import { accept, refuseParameters } from "./command.ts";
import type { CommandResult } from "./command.ts";
import { readFields, Text } from "./fields.ts";

export interface ListQuery {
  /** As they came, for the links to other pages. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly pageSize: number;
  /** How many calls come before the page. */
  readonly recordIndex: number;
  readonly order: "asc" | "desc";
  readonly status: string | null;
  readonly conversation: string | null;
  /** Milliseconds since the epoch. */
  readonly from: number | null;
  /** Milliseconds since the epoch. */
  readonly until: number | null;
}

const DateTime = v.pipe(
  v.string(),
  v.isoTimestamp("must be a date and time with its zone"),
  v.transform((text) => Date.parse(text)),
  v.number("must be a date and time with its zone"),
);

const wholeText = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, "must be a whole number"),
    v.transform(Number),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );

const Query = v.strictObject({
  status: v.exactOptional(
    v.picklist(
      [
        "started",
        "ringing",
        "answered",
        "machine",
        "completed",
        "busy",
        "cancelled",
        "failed",
        "rejected",
        "timeout",
        "unanswered",
      ],
      "must be a status of a call",
    ),
  ),
  date_start: v.exactOptional(DateTime),
  date_end: v.exactOptional(DateTime),
  page_size: v.exactOptional(wholeText(1, 100)),
  record_index: v.exactOptional(wholeText(0, Number.MAX_SAFE_INTEGER)),
  order: v.exactOptional(v.picklist(["asc", "desc"], "must be asc or desc")),
  conversation_uuid: v.exactOptional(Text),
});

export function readListCalls(search: URLSearchParams): CommandResult {
  const parameters = Object.fromEntries(search);
  const fields = readFields(Query, parameters);
  if (!fields.ok) return refuseParameters(fields.parameters);
  const { status, date_start, date_end, page_size, record_index, order } = fields.value;
  const query: ListQuery = {
    parameters,
    pageSize: page_size ?? 10,
    recordIndex: record_index ?? 0,
    order: order ?? "asc",
    status: status ?? null,
    conversation: fields.value.conversation_uuid ?? null,
    from: date_start ?? null,
    until: date_end ?? null,
  };
  return accept({ kind: "list", query });
}

/**
 * The calls that match, in the order asked for. `records`: the oldest first. A call that has no start time yet counts as
 * one of this moment; whether the platform has an earlier time for it is not documented.
 */
export function matchingCalls(
  records: readonly CallRecord[],
  query: ListQuery,
  now: number,
): readonly CallRecord[] {
  const matching = records.filter((record) => {
    const at = startOf(record) ?? now;
    return (
      (query.status === null || record.status === query.status) &&
      (query.conversation === null || record.conversation_uuid === query.conversation) &&
      (query.from === null || at >= query.from) &&
      (query.until === null || at <= query.until)
    );
  });
  return query.order === "asc" ? matching : matching.toReversed();
}

/** A record's start, written `YYYY-MM-DD HH:MM:SS` in UTC. */
function startOf({ start_time }: CallRecord): number | null {
  return start_time === undefined ? null : Date.parse(`${start_time.replace(" ", "T")}Z`);
}
