import { describe, expect, it } from "vitest";
import { tokenContent, TokenMemory } from "../../../src/vonage/token-memory.ts";

describe("a token", () => {
  it("vouches for what it was first seen with, again and again, and for nothing else", () => {
    for (const explained of [true, false]) {
      const memory = new TokenMemory();
      expect(memory.vouches("token", "this", explained)).toBe(true);
      expect(memory.vouches("token", "that", false)).toBe(false);
      expect(memory.vouches("token", "this", explained)).toBe(true);
      expect(memory.vouches("another", "that", explained)).toBe(true);
    }
  });

  it("whose hash explains one content vouches for no other that it explains", () => {
    const memory = new TokenMemory();
    expect(memory.vouches("token", "POST /webhooks/event hash", true)).toBe(true);
    expect(memory.vouches("token", "POST /webhooks/answer hash", true)).toBe(false);
  });

  it("goes back to the content that its hash explains, whatever came before it", () => {
    const memory = new TokenMemory();
    expect(memory.vouches("token", "forged", false)).toBe(true);
    expect(memory.vouches("token", "real", true)).toBe(true);
    expect(memory.vouches("token", "forged", false)).toBe(false);
    expect(memory.vouches("token", "real", true)).toBe(true);
  });

  it("is forgotten after ten thousand others", () => {
    const memory = new TokenMemory();
    memory.vouches("first", "this", true);
    for (let n = 0; n < 9_999; n++) memory.vouches(`token-${n}`, "this", true);
    expect(memory.vouches("first", "that", true)).toBe(false);
    memory.vouches("one more", "this", true);
    expect(memory.vouches("first", "that", true)).toBe(true);
  });
});

type Parts = readonly [method: string, path: string, hash: string];

const contentOf = ([method, path, hash]: Parts): Promise<string> =>
  tokenContent(method, new URL(path, "https://bridge.example.com"), hash);

const differ = async (one: Parts, other: Parts): Promise<boolean> =>
  (await contentOf(one)) !== (await contentOf(other));

describe("what a token vouches for", () => {
  it.each<[string, Parts, Parts, boolean]>([
    ["the method", ["POST", "/a", "h"], ["PUT", "/a", "h"], true],
    ["the path", ["POST", "/a", "h"], ["POST", "/b", "h"], true],
    ["our own query in the URL of a POST", ["POST", "/a?b=1", "h"], ["POST", "/a?b=2", "h"], true],
    ["what the hash covers", ["POST", "/a", "h"], ["POST", "/a", "i"], true],
    ["not the spelling of a GET's query", ["GET", "/a?b=%31", "h"], ["GET", "/a?b=1", "h"], false],
  ])("is %s", async (_, one, other, expected) => {
    expect(await differ(one, other)).toBe(expected);
  });

  it("is as short as a hash where it is long, and tells two apart all the same", async () => {
    const long = `/a?b=${"1".repeat(8_000)}`;
    expect(await contentOf(["POST", long, "h"])).toHaveLength(64);
    expect(await differ(["POST", long, "h"], ["POST", `${long}2`, "h"])).toBe(true);
  });
});
