/** Calls as the REST side shows them (Vonage Voice API 1.10.0, getCall and getCalls). */
import type { CallRecord } from "../../carrier/call-control.ts";
import type { ListQuery } from "./list-calls.ts";
import type { Readings } from "./readings.ts";

/** How bodies are written. */
export interface Rendering {
  /** What links begin with: empty, or this server's origin and version. */
  readonly linkBase: string;
  readonly parties: Readings["parties"];
}

/** One call. The fields from `rate` on are documented for a completed call alone. */
export function callObject(record: CallRecord, { linkBase, parties }: Rendering): object {
  const { uuid, conversation_uuid, status, direction } = record;
  const { rate, price, duration, start_time, end_time, network } = record;
  const account = { rate, price, duration, start_time, end_time, network };
  const party = (endpoint: CallRecord["to"]) => (parties === "array" ? [endpoint] : endpoint);
  // A field without a value is left out of the JSON.
  return {
    _links: { self: { href: `${linkBase}/calls/${uuid}` } },
    uuid,
    conversation_uuid,
    to: party(record.to),
    from: party(record.from),
    status,
    direction,
    ...(status === "completed" ? account : {}),
  };
}

/**
 * A page of the calls that matched. `count` is the number of all of them and `page_size` the one asked for: their
 * descriptions can be read in two ways, their examples in this one.
 */
export function callPage(
  matching: readonly CallRecord[],
  query: ListQuery,
  rendering: Rendering,
): object {
  const { pageSize, recordIndex, parameters } = query;
  const count = matching.length;
  const link = (index: number) => {
    const text = new URLSearchParams({
      ...parameters,
      page_size: String(pageSize),
      record_index: String(index),
    });
    return { href: `${rendering.linkBase}/calls?${text.toString()}` };
  };
  const next = recordIndex + pageSize;
  return {
    count,
    page_size: pageSize,
    record_index: recordIndex,
    _links: {
      self: link(recordIndex),
      first: link(0),
      last: link(Math.max(0, Math.ceil(count / pageSize) - 1) * pageSize),
      ...(next < count ? { next: link(next) } : {}),
      ...(recordIndex > 0 ? { prev: link(Math.max(0, recordIndex - pageSize)) } : {}),
    },
    _embedded: {
      calls: matching.slice(recordIndex, next).map((record) => callObject(record, rendering)),
    },
  };
}
