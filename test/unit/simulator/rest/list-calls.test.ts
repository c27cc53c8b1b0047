import { describe, expect, it } from "vitest";
import { callRecord, ENDED, FakeControl } from "./fake-control.ts";
import { startApi } from "./rest-client.ts";

const at = (minute: string) => ({ ...ENDED, start_time: `2026-10-20 12:${minute}:00` });
const RECORDS = [
  callRecord("a", { ...at("00"), conversation_uuid: "CON-1" }),
  callRecord("b", { ...at("10"), conversation_uuid: "CON-2", status: "busy" }),
  callRecord("c", { ...at("20"), conversation_uuid: "CON-1" }),
  callRecord("d", { conversation_uuid: "CON-1" }),
  callRecord("elsewhere", { region: "na-east" }),
];

type Page = Record<"count" | "page_size" | "record_index", number> & {
  _links: Record<string, { href: string }>;
  _embedded: { calls: { uuid: string }[] };
};

async function list(query: string, readings = {}): Promise<Page> {
  const { ask } = startApi({ control: new FakeControl(RECORDS), readings });
  const { status, body } = await ask("GET", `/v1/calls${query}`);
  expect(status).toBe(200);
  return body as Page;
}

const href = (index: number) => `/calls?page_size=2&record_index=${index}&conversation_uuid=CON-1`;

const ids = ({ _embedded }: Page) => _embedded.calls.map(({ uuid }) => uuid).join("");

describe("a list of calls", () => {
  it("has every call of the region, the oldest first, and only documented fields", async () => {
    const page = await list("");
    expect(ids(page)).toBe("abcd");
    expect(page).toMatchObject({ count: 4, page_size: 10, record_index: 0 });
    expect(page._embedded.calls[2]).toEqual({
      _links: { self: { href: "/calls/c" } },
      uuid: "c",
      conversation_uuid: "CON-1",
      to: { type: "phone", number: "14155550100" },
      from: { type: "phone", number: "447700900001" },
      direction: "inbound",
      ...at("20"),
    });
    expect(page._embedded.calls[3]).not.toHaveProperty("rate");
  });

  it.each([
    ["?order=desc", "dcba"],
    ["?status=busy", "b"],
    ["?status=machine", ""],
    ["?conversation_uuid=CON-1", "acd"],
    ["?conversation_uuid=CON-1&status=answered", "d"],
    ["?date_start=2026-10-20T12:10:00Z", "bcd"],
    ["?date_end=2026-10-20T12:10:00Z", "ab"],
    ["?date_start=2026-10-20T14:05:00%2B02:00&date_end=2026-10-20T12:20:00Z", "bc"],
    ["/?record_index=2", "cd"],
    ["?record_index=9", ""],
  ])("asked for by %s has %j", async (query, expected) => {
    expect(ids(await list(query))).toBe(expected);
  });

  it("comes in pages that link to each other", async () => {
    const page = await list("?page_size=2&record_index=1&conversation_uuid=CON-1");
    expect(ids(page)).toBe("cd");
    expect(page._links).toEqual({
      self: { href: href(1) },
      first: { href: href(0) },
      last: { href: href(2) },
      prev: { href: href(0) },
    });
    const { _links: links } = await list("?page_size=3&order=desc");
    expect(links["next"]).toEqual({ href: "/calls?page_size=3&order=desc&record_index=3" });
    expect(links).not.toHaveProperty("prev");
    const whole = await list("?page_size=4");
    expect(whole._links["last"]).toEqual(whole._links["self"]);
  });

  it("reads what sources disagree on as it is told to", async () => {
    const page = await list("?page_size=1", { links: "absolute", parties: "array" });
    expect(page._links["next"]?.href).toBe(
      "http://carrier.test/v1/calls?page_size=1&record_index=1",
    );
    expect(page._embedded.calls[0]).toMatchObject({
      to: [{ type: "phone", number: "14155550100" }],
    });
  });

  it.each([
    "status=talking",
    "page_size=0",
    "page_size=101",
    "page_size=ten",
    "record_index=-1",
    "order=newest",
    "date_start=yesterday",
    "date_start=453168000",
    "date_end=2026-02-31T99:00:00Z",
    "conversation_uuid=",
    "page=2",
  ])("is not to be had by %s", async (query) => {
    const { ask } = startApi();
    const { status, body } = await ask("GET", `/v1/calls?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ invalid_parameters: [{ name: query.split("=")[0] }] });
  });
});
