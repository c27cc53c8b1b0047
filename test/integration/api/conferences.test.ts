import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { api, view, type Entry } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";

interface Page {
  events: Entry[];
  next: number | null;
}

const events = async (conference: string, query: string): Promise<Page> =>
  (await api<Page>(`/conferences/${conference}/events${query}`)).body;

afterEach(() => {
  vi.useRealTimers();
});

describe("GET /api/conferences/:name", () => {
  it("gives an empty conference that nobody ever called", async () => {
    const before = Date.now();
    const { status, body } = await api<{ asOf: string }>("/conferences/never-called");
    expect(status).toBe(200);
    expect(body).toEqual({
      name: "never-called",
      count: 0,
      confirmed: 0,
      arriving: 0,
      started: false,
      locked: false,
      endsAt: null,
      split: false,
      asOf: expect.any(String),
      participants: [],
    });
    expect(Date.parse(body.asOf)).toBeGreaterThanOrEqual(before);
  });

  it("gives a participant with every documented field", async () => {
    await env.LINES.put("14155550170", JSON.stringify({ conference: "fields", endOnExit: true }));
    // With the clock stopped no admission can be late.
    vi.useFakeTimers({ toFake: ["Date"] });
    const one = call({ line: "14155550170" });
    await play(one, ["answer", "started", "answered", "transfer"]);
    const { participants, ...counts } = await view("fields");
    expect(counts).toMatchObject({ name: "fields", count: 1, confirmed: 1, arriving: 0 });
    expect(participants).toEqual([
      {
        leg: one.identity.id,
        caller: one.identity.caller,
        line: "14155550170",
        role: "moderator",
        phase: "in",
        joinConfirmed: true,
        admission: "checked",
        muted: false,
        earmuffed: false,
        answeredAt: one.answered["timestamp"],
        joinedAt: one.transfer["timestamp"],
        leftAt: null,
        reason: null,
        lastSignAt: one.transfer["timestamp"],
      },
    ]);
  });

  it("tells two conferences apart by the case of their names", async () => {
    await env.LINES.put("14155550171", "Case");
    await play(call({ line: "14155550171" }), ["answer", "answered", "transfer"]);
    expect((await view("Case")).count).toBe(1);
    expect((await view("case")).count).toBe(0);
  });

  it.each(["two%20words", "a%2Fb", "a".repeat(101), "s%C3%B6ndag", "%zz", "a%0Ab", "%F0%9F"])(
    "refuses the name %s, which no conference can have",
    async (name) => {
      for (const path of [`/conferences/${name}`, `/conferences/${name}/events`]) {
        expect(await api(path)).toMatchObject({
          status: 400,
          body: { title: "Bad Request", status: 400, detail: expect.stringContaining("1 to 100") },
        });
      }
    },
  );

  describe("with callers who left", () => {
    const LEFT = 3;

    beforeAll(async () => {
      await env.LINES.put("14155550172", "left");
      for (let i = 0; i < LEFT; i++) {
        const one = call({
          line: "14155550172",
          leg: `left-${i}`,
          at: Date.now() - 90_000 + i * 1_000,
        });
        await play(one, ["answer", "answered", "transfer", "completed"]);
      }
    });

    it.each(["", "?gone=false", "?gone=", "?gone=1", "?limit=2"])(
      "leaves them out: %j",
      async (query) => {
        expect((await view("left", query)).participants).toEqual([]);
      },
    );

    it("lists them, the latest first, where asked to", async () => {
      const { count, participants } = await view("left", "?gone=true");
      expect(count).toBe(0);
      expect(participants.map(({ leg, phase }) => [leg, phase])).toEqual([
        ["left-2", "gone"],
        ["left-1", "gone"],
        ["left-0", "gone"],
      ]);
    });

    it.each([
      ["?gone=true&limit=1", 1],
      ["?gone=true&limit=2", 2],
      ["?gone=true&limit=1000", LEFT],
    ])("lists as many as asked for: %s", async (query, length) => {
      expect((await view("left", query)).participants).toHaveLength(length);
    });

    it.each(["0", "1001", "-1", "1.5", "1e2", "ten", "", "%20", "0x10"])(
      "refuses limit=%s",
      async (limit) => {
        expect(await api(`/conferences/left?gone=true&limit=${limit}`)).toMatchObject({
          status: 400,
          body: { status: 400, detail: expect.stringContaining("limit") },
        });
      },
    );
  });
});

describe("GET /api/conferences/:name/events", () => {
  const STATUSES = [null, "started", "ringing", "answered", null, "completed"];

  beforeAll(async () => {
    await env.LINES.put("14155550173", "paged");
    const one = call({ line: "14155550173", leg: "paged-leg", at: Date.now() - 90_000 });
    await play(one, ["answer", "started", "ringing", "answered", "transfer", "completed"]);
  });

  it("is an empty page for a conference that nobody ever called", async () => {
    expect(await events("never-called-either", "")).toEqual({ events: [], next: null });
  });

  it("gives every entry with every documented field, in order", async () => {
    const page = await events("paged", "");
    expect(page.next).toBeNull();
    expect(page.events.map(({ seq, status }) => [seq, status])).toEqual(
      STATUSES.map((status, index) => [index + 1, status]),
    );
    expect(page.events[1]).toEqual({
      seq: 2,
      leg: "paged-leg",
      kind: "status",
      status: "started",
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      outcome: "applied",
      body: expect.objectContaining({ uuid: "paged-leg", status: "started", headers: {} }),
    });
  });

  it.each([1, 2, 3, 5])(
    "gives the same entries in pages of %i, and ends with next: null",
    async (limit) => {
      const seen: number[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const page: Page = await events("paged", `?after=${after}&limit=${limit}`);
        expect(page.events.length).toBeGreaterThan(0);
        expect(page.events.length).toBeLessThanOrEqual(limit);
        seen.push(...page.events.map(({ seq }) => seq));
        after = page.next;
      }
      expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    },
  );

  it.each([
    ["?limit=6", 6],
    ["?limit=1000", 6],
    ["?after=5", 1],
    ["?after=6", 0],
    ["?after=9007199254740991", 0],
  ])("is the last page with %s", async (query, length) => {
    const page = await events("paged", query);
    expect([page.events.length, page.next]).toEqual([length, null]);
  });

  it.each([
    "after=-1",
    "after=abc",
    "after=1.5",
    "after=",
    "after=9007199254740993",
    "after=%2B1",
    "limit=0",
    "limit=1001",
    "limit=-5",
    "limit=x",
    "limit=",
    "limit=1e2",
  ])("refuses %s", async (query) => {
    expect(await api(`/conferences/paged/events?${query}`)).toMatchObject({
      status: 400,
      body: { title: "Bad Request", detail: expect.stringContaining(query.split("=")[0] ?? "") },
    });
  });
});
