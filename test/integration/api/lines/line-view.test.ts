/** `GET /api/lines/:number`: the line as it was read and validated, and what a caller of it would get. */
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, ORIGIN } from "../../support/bridge.ts";

interface LineAnswer {
  number: string;
  key: string | null;
  value: string | null;
  line: Record<string, unknown> | null;
  problems: string[];
  ncco: Record<string, unknown>[];
}

const line = async (path: string): Promise<LineAnswer> => {
  const { status, body } = await api<LineAnswer>(`/lines/${path}`);
  expect(status).toBe(200);
  return body;
};

describe("a line that is there", () => {
  beforeAll(async () => {
    await env.LINES.put("14155550160", "plain\n");
    await env.LINES.put("+14155550161", "with-plus");
    await env.LINES.put(
      "14155550162",
      JSON.stringify({ conference: "full", greeting: "Hi.", startOnEnter: false, record: true }),
    );
    await env.LINES.put("standup", "by-name");
  });

  it("is shown as it was read, with its NCCO", async () => {
    expect(await line("14155550160")).toEqual({
      number: "14155550160",
      key: "14155550160",
      value: "plain\n",
      line: { conference: "plain" },
      problems: [],
      ncco: [
        { action: "talk", text: "Please wait while we connect you to the conference" },
        { action: "conversation", name: "plain" },
      ],
    });
  });

  it("is shown with its options, false ones too, and a recording address of ours", async () => {
    const { line: options, problems, ncco } = await line("14155550162");
    expect(problems).toEqual([]);
    expect(options).toEqual({
      conference: "full",
      greeting: "Hi.",
      startOnEnter: false,
      record: true,
    });
    expect(ncco).toEqual([
      { action: "talk", text: "Hi. This conference is being recorded." },
      {
        action: "conversation",
        name: "full",
        startOnEnter: false,
        record: true,
        eventUrl: [expect.stringContaining(`${ORIGIN}/webhooks/recording?conference=full`)],
        eventMethod: "POST",
      },
    ]);
  });

  it("is found under the key that was typed with +", async () => {
    expect(await line("14155550161")).toMatchObject({ key: "+14155550161", number: "14155550161" });
  });

  it.each([
    "+14155550160",
    "%2B14155550160",
    "+1%20(415)%20555-0160",
    "1.415.555.0160",
    "tel:+14155550160",
    "sip:14155550160@sip.example.com",
    "%2014155550160",
  ])("is found however its number is written: %s", async (path) => {
    expect(await line(path)).toMatchObject({
      number: "14155550160",
      key: "14155550160",
      line: { conference: "plain" },
    });
  });

  it.each(["standup", "StandUp", "sip:Standup@sip.example.com"])(
    "is found by a name: %s",
    async (path) => {
      expect(await line(path)).toMatchObject({
        number: "standup",
        line: { conference: "by-name" },
      });
    },
  );

  it("is read anew when it was edited", async () => {
    await env.LINES.put("14155550163", "old");
    expect((await line("14155550163")).line).toEqual({ conference: "old" });
    await env.LINES.put("14155550163", "new");
    expect((await line("14155550163")).line).toEqual({ conference: "new" });
  });
});

describe("a line with codes and PINs", () => {
  const SECRETS = ["481516", "2342", "1080815", "99120"];

  it("is shown without them, every room listed, and with the question that its callers hear", async () => {
    const value = JSON.stringify({
      rooms: {
        [`${SECRETS[0]}`]: "standup",
        [`${SECRETS[1]}`]: { conference: "town-hall", moderatorPin: SECRETS[2] },
      },
      pin: SECRETS[3],
      language: "de-DE",
    });
    await env.LINES.put("14155550168", value);
    const shown = await line("14155550168");
    expect(SECRETS.filter((secret) => JSON.stringify(shown).includes(secret))).toEqual([]);
    expect(shown.problems).toEqual([]);
    expect(shown.line?.["rooms"]).toMatchObject([
      { code: "***", conference: "town-hall", pin: "***", moderatorPin: "***" },
      { code: "***", conference: "standup", pin: "***" },
    ]);
    expect(shown.ncco).toEqual([
      {
        action: "talk",
        text: expect.stringContaining("Konferenzcode"),
        language: "de-DE",
        bargeIn: true,
      },
      expect.objectContaining({ action: "input", eventUrl: [`${ORIGIN}/webhooks/input`] }),
      expect.objectContaining({ action: "talk" }),
    ]);
  });

  it("is shown without them where it is misconfigured, too", async () => {
    const value = JSON.stringify({ conference: "a", pin: 481516, Pin: "2342", 1080815: "99120" });
    await env.LINES.put("14155550169", value);
    const shown = await line("14155550169");
    expect(SECRETS.filter((secret) => JSON.stringify(shown).includes(secret))).toEqual([]);
    expect(shown.problems).toHaveLength(3);
  });

  it("is not shown at all where its JSON cannot be read", async () => {
    await env.LINES.put("14155550169", '{"conference":"a","pin":"481516"');
    expect(await line("14155550169")).toMatchObject({ value: null, line: null });
  });
});

describe("a line that is misconfigured", () => {
  it("is shown with every problem named, and with what its callers hear", async () => {
    const value = JSON.stringify({
      conference: "a b",
      startOnEnter: "false",
      loop: 1,
      colour: "red",
    });
    await env.LINES.put("14155550164", value);
    const shown = await line("14155550164");
    expect(shown).toMatchObject({ key: "14155550164", value, line: null });
    expect(shown.problems.map((problem) => problem.split(":")[0])).toEqual([
      "conference",
      "startOnEnter",
      "loop",
      "colour",
    ]);
    expect(shown.ncco).toEqual([
      { action: "talk", text: expect.stringContaining("not set up correctly") },
    ]);
  });

  it.each(['{"conference":', "two words", "", "[]", '{"conference":"a"}}'])(
    "is shown and nothing throws: %j",
    async (value) => {
      await env.LINES.put("14155550165", value);
      const shown = await line("14155550165");
      expect(shown).toMatchObject({ key: "14155550165", line: null });
      expect(shown.problems.length).toBeGreaterThan(0);
    },
  );
});

describe("a number without a line", () => {
  const DEFAULT = "*";

  it.each(["14155550166", "nobody"])("says so while there is no default line: %s", async (path) => {
    const shown = await line(path);
    expect(shown).toMatchObject({ number: path, key: null, value: null, line: null });
    expect(shown.problems).toHaveLength(1);
    expect(shown.ncco).toEqual([
      { action: "talk", text: expect.stringContaining("not connected to a conference") },
    ]);
  });

  it("says of the default line that there is none", async () => {
    expect(await line(DEFAULT)).toMatchObject({ number: "*", key: null, line: null });
  });

  describe("with a default line", () => {
    beforeAll(async () => {
      await env.LINES.put(DEFAULT, "lobby");
    });

    afterAll(async () => {
      await env.LINES.delete(DEFAULT);
    });

    it.each(["14155550167", "nobody", "*", "%20", "a".repeat(600)])(
      "leads to it: %s",
      async (path) => {
        expect(await line(path)).toMatchObject({
          key: "*",
          line: { conference: "lobby" },
          problems: [],
        });
      },
    );
  });
});
