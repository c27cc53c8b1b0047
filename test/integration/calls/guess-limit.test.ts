/** Whoever guesses codes and PINs over many calls is braked, and a room full of people with the right ones is not. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { send, sendWith, signedPost, view, type Payload } from "../support/bridge.ts";
import { call, type Call } from "../support/call.ts";
import { dial, inputOf, pathOf, promptOf, roomOf, said, type Heard } from "../support/prompt.ts";

/** What a caller may get wrong in a minute, and all callers of a line together. */
const OF_CALLER = 10;
const OF_LINE = 60;
const PIN = "480215";

let line = 14155551000;
let conference = "";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  line += 1;
  conference = `guessed-${line}`;
  await env.LINES.put(String(line), JSON.stringify({ rooms: { "2001": conference } }));
});

afterEach(async () => {
  await env.LINES.delete("*");
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const later = (ms: number): unknown => vi.setSystemTime(Date.now() + ms);

function from(caller: string | number, called = String(line)): Call {
  return call({ line: called, caller: String(caller) });
}

/** One call with one entry; what is heard then. */
async function guess(
  of: Call,
  digits: string,
  { odd = {}, bindings = {} }: { odd?: Payload; bindings?: Partial<Env> } = {},
): Promise<Heard> {
  const url = promptOf(await dial(of));
  const request = signedPost(pathOf(url), { ...inputOf(of, digits), ...odd });
  const { response, settled } = await sendWith(bindings, request);
  const heard = await response.json<Heard>();
  await settled();
  return heard;
}

/** How many of the guesses were compared, the rest of them being told to wait. */
async function compared(calls: readonly Call[]): Promise<number> {
  let count = 0;
  for (const of of calls) {
    const text = said(await guess(of, "1"));
    expect([en["ask-code-again"], en["too-many-tries"]]).toContain(text);
    if (text === en["ask-code-again"]) count += 1;
  }
  return count;
}

const times = (count: number, make: (index: number) => Call): Call[] =>
  Array.from({ length: count }, (_, index) => make(index));

const numbered = (index: number): number => 447700900000 + index;

describe("of one caller", () => {
  it("ten wrong entries a minute are compared, then nothing, and others are not braked", async () => {
    expect(await compared(times(25, () => from(numbered(1))))).toBe(OF_CALLER);
    // Not even the right code is told from a wrong one.
    expect(said(await guess(from(numbered(1)), "2001"))).toBe(en["too-many-tries"]);
    expect(roomOf(await guess(from(numbered(2)), "2001"))).toBe(conference);
    later(59_000);
    expect(said(await guess(from(numbered(1)), "2001"))).toBe(en["too-many-tries"]);
    later(1_000);
    expect(roomOf(await guess(from(numbered(1)), "2001"))).toBe(conference);
  });

  it("another called number or SIP user each time on the default line is no way around it", async () => {
    await env.LINES.put("*", JSON.stringify({ conference, pin: PIN }));
    let braked = 0;
    for (let index = 0; index < OF_LINE; index += 1) {
      const called = index % 2 === 0 ? String(14155552000 + index) : `sip:u${index}@example.com`;
      const text = said(await guess(from(numbered(1), called), "1"));
      if (text === en["too-many-tries"]) braked += 1;
    }
    expect(braked).toBe(OF_LINE - OF_CALLER);
  });

  it("another spelling each time is no way around it", async () => {
    const spellings = [
      "447700900777",
      "+44 7700 900777",
      "00447700900777",
      "sip:447700900777@pbx.example.com;user=phone",
      "sip:%2B447700900777@pbx.example.com",
      "tel:+44-7700-900777",
      "４４７７００９００７７７",
      "44\u20137700\u2013900777",
      "447700\u200b900777",
    ];
    const calls = times(3 * spellings.length, (index) =>
      from(index < 9 ? (spellings[index] ?? "") : `sip:447700900777@x${index}.example.com`),
    );
    expect(await compared(calls)).toBe(OF_CALLER);
  });

  it("none is forgotten while others guess", async () => {
    expect(await compared(times(OF_CALLER, () => from(numbered(1))))).toBe(OF_CALLER);
    expect(await compared(times(40, (index) => from(numbered(index + 2))))).toBe(40);
    expect(said(await guess(from(numbered(1)), "2001"))).toBe(en["too-many-tries"]);
  });

  it("an entry that names nobody counts for who was named when the call began", async () => {
    const odd = { from: undefined };
    for (let index = 0; index < OF_CALLER + 1; index += 1) {
      expect(said(await guess(from(numbered(index)), "1", { odd }))).toBe(en["ask-code-again"]);
      expect(roomOf(await guess(from(numbered(index)), "2001", { odd }))).toBe(conference);
    }
  });

  it("all who withhold their number are one", async () => {
    const words = ["Unknown", "anonymous", "Restricted", "266696687", "sip:anonymous@a.invalid"];
    const calls = times(15, (index) => from(words[index % words.length] ?? ""));
    expect(await compared(calls)).toBe(OF_CALLER);
    expect(roomOf(await guess(from(numbered(1)), "2001"))).toBe(conference);
  });
});

describe("of one line", () => {
  it("sixty wrong entries a minute are compared, whoever calls, then nothing, and other lines are not braked", async () => {
    expect(await compared(times(80, (index) => from(numbered(index))))).toBe(OF_LINE);
    expect(said(await guess(from(numbered(99)), "2001"))).toBe(en["too-many-tries"]);
    await env.LINES.put("14155550001", JSON.stringify({ rooms: { "2001": "other" } }));
    expect(roomOf(await guess(from(numbered(99), "14155550001"), "2001"))).toBe("other");
    later(60_000);
    expect(roomOf(await guess(from(numbered(99)), "2001"))).toBe(conference);
  });

  it("of a hundred wrong entries at once no more", async () => {
    const prompts = await Promise.all(times(100, (index) => from(numbered(index))).map(asked));
    const heard = await Promise.all(
      prompts.map(async ({ of, url }) => {
        const response = await send(signedPost(pathOf(url), inputOf(of, "1")));
        return said(await response.json<Heard>());
      }),
    );
    expect(heard.filter((text) => text === en["ask-code-again"])).toHaveLength(OF_LINE);
    expect(heard.filter((text) => text === en["too-many-tries"])).toHaveLength(100 - OF_LINE);
  });
});

async function asked(of: Call): Promise<{ of: Call; url: string }> {
  return { of, url: promptOf(await dial(of)) };
}

describe("who enters what is right", () => {
  it("comes in with fifty others within a minute, also from one office behind one number", async () => {
    await env.LINES.put(String(line), JSON.stringify({ conference, pin: PIN }));
    for (let index = 0; index < 50; index += 1) {
      expect(roomOf(await guess(from(numbered(1)), PIN))).toBe(conference);
    }
    expect((await view(conference)).participants).toHaveLength(50);
  });

  it("comes in with fifty others of whom each mistypes once", async () => {
    for (let index = 0; index < 50; index += 1) {
      expect(said(await guess(from(numbered(index)), "1"))).toBe(en["ask-code-again"]);
      expect(roomOf(await guess(from(numbered(index)), "2001"))).toBe(conference);
    }
  });

  it("has just the hash key to press as a guest, however much others guess", async () => {
    await env.LINES.put(String(line), JSON.stringify({ conference, moderatorPin: PIN }));
    for (let index = 0; index < OF_CALLER; index += 1) await guess(from(numbered(1)), "1");
    expect(said(await guess(from(numbered(1)), PIN))).toBe(en["too-many-tries"]);
    expect(roomOf(await guess(from(numbered(1)), ""))).toBe(conference);
  });

  it("is told, where others have guessed, to wait for a minute and not that it was wrong", () => {
    expect(en["too-many-tries"]).toMatch(/wait a minute/);
    expect(en["too-many-tries"]).not.toMatch(/wrong/);
  });
});

it("does not count who enters nothing", async () => {
  for (let index = 0; index < OF_CALLER + 1; index += 1) {
    expect(said(await guess(from(numbered(1)), ""))).toBe(en["ask-code-again"]);
  }
  expect(roomOf(await guess(from(numbered(1)), "2001"))).toBe(conference);
});

describe("the platform's counters", () => {
  const refusing = { limit: async () => ({ success: false }) };

  it("get each wrong entry, by line and caller and by line, and no right one", async () => {
    const seen: string[] = [];
    const noting = (name: string): RateLimit => ({
      limit: async ({ key }) => {
        seen.push(`${name} ${key}`);
        return { success: true };
      },
    });
    const bindings = { GUESSES: noting("caller"), LINE_GUESSES: noting("line") };
    await guess(from("+44 7700 900001"), "1", { bindings });
    await guess(from("+44 7700 900001"), "2001", { bindings });
    expect(seen).toEqual([`caller ["${line}","447700900001"]`, `line ["${line}"]`]);
  });

  it("are those of `wrangler.toml`, which brake what the other isolates let through", async () => {
    expect(await compared(times(OF_CALLER, () => from(numbered(1))))).toBe(OF_CALLER);
    const [key, other] = [[String(line), "447700900001"], [String(line)]];
    expect(await env.GUESSES.limit({ key: JSON.stringify(key) })).toEqual({ success: false });
    expect(await env.LINE_GUESSES.limit({ key: JSON.stringify(other) })).toEqual({ success: true });
  });

  it.each([
    ["a caller", { GUESSES: refusing }, true],
    ["a whole line", { LINE_GUESSES: refusing }, false],
  ])("brake %s with the first wrong entry, for a minute", async (_, bindings, others) => {
    expect(said(await guess(from(numbered(1)), "1", { bindings }))).toBe(en["ask-code-again"]);
    expect(said(await guess(from(numbered(1)), "2001"))).toBe(en["too-many-tries"]);
    expect(roomOf(await guess(from(numbered(2)), "2001"))).toBe(others ? conference : null);
    later(60_000);
    expect(roomOf(await guess(from(numbered(1)), "2001"))).toBe(conference);
  });

  it.each([
    ["are not there", undefined],
    ["fail", { limit: () => Promise.reject(new Error("the platform is unwell")) }],
  ])("turn nobody away where they %s", async (_, limiter) => {
    const bindings = { GUESSES: limiter, LINE_GUESSES: limiter } as unknown as Partial<Env>;
    expect(said(await guess(from(numbered(1)), "1", { bindings }))).toBe(en["ask-code-again"]);
    expect(roomOf(await guess(from(numbered(1)), "2001", { bindings }))).toBe(conference);
  });

  it("keep nobody waiting where they hang", async () => {
    const hanging = { limit: () => new Promise(() => undefined) };
    const bindings = { GUESSES: hanging, LINE_GUESSES: hanging } as unknown as Partial<Env>;
    const of = from(numbered(1));
    const request = signedPost(pathOf(promptOf(await dial(of))), inputOf(of, "1"));
    const { response } = await sendWith(bindings, request);
    expect(said(await response.json<Heard>())).toBe(en["ask-code-again"]);
  });
});
