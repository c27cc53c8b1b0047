/** Leg ids are opaque: whatever is in one, its call is followed like any other, also by an object that slept. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, event, journal, view } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";

const LINE = "14155550193";

const LEGS = [
  ["a slash", "a/b"],
  ["two dots", ".."],
  ["a query and a fragment", "a?b=c#d"],
  ["percent signs", "%2F%zz%"],
  ["spaces around it", "  a b  "],
  ["a line break", "a\nb\r\nc"],
  ["quotes and a comment", `'; DROP TABLE leg; -- "`],
  ["markup", "<script>alert(1)</script>"],
  ["a NUL", "a\u0000b"],
  ["another NUL behind the same letter", "a\u0000c"],
  ["letters of other scripts", "größe-日本-🎉"],
  ["half a character", "a\ud83d"],
  ["upper case", "ABCDEF"],
  ["lower case", "abcdef"],
  ["the name of a prototype", "__proto__"],
  ["the name of a method", "constructor"],
  ["as many characters as an id may have", "a".repeat(255)],
  ["as many wide characters", "日".repeat(255)],
] as const;

describe.each(LEGS)("a leg whose id has %s", (what, leg) => {
  /** A room for each: reads of one that is full of what was sent to it wait for their turn. */
  const conference = `odd-legs-${what.replaceAll(" ", "-")}`;

  beforeAll(async () => {
    await env.LINES.put(LINE, conference);
  });

  it("is counted from its transfer to its end, with an eviction between every two webhooks", async () => {
    const one = call({ line: LINE, leg });
    const before = (await view(conference)).count;
    expect(await answer(one)).toContainEqual({ action: "conversation", name: conference });

    for (const [step, count] of [
      ["started", before],
      ["answered", before],
      ["transfer", before + 1],
      ["completed", before],
    ] as const) {
      await evictDurableObject(env.CONFERENCE.getByName(conference));
      expect((await event(one[step])).status).toBe(204);
      expect((await view(conference)).count).toBe(count);
    }
  });

  it("is journalled once each, also when all of it comes again", async () => {
    const one = call({ line: LINE, leg, at: Date.now() - 3_600_000 });
    await play(one, ["answer", "started", "transfer", "completed"]);
    const written = (await journal(conference)).length;
    await play(one, ["started", "transfer", "completed"]);
    expect(await journal(conference)).toHaveLength(written);
  });

  // A URL cannot name these two: dots are taken out of a path, and half a character has no UTF-8.
  it.skipIf(leg === ".." || !leg.isWellFormed())("is found by the API", async () => {
    expect(await api(`/legs/${encodeURIComponent(leg)}`)).toMatchObject({
      status: 200,
      body: { leg, conference, participant: { leg } },
    });
  });
});
