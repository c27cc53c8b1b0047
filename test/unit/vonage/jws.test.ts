import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifiedPayload } from "../../../src/vonage/jws.ts";

const SECRET = "constructed-test-secret-0123456789abcdef";
const HEADER = '{"alg":"HS256","typ":"JWT"}';

const base64url = (text: string): string => Buffer.from(text).toString("base64url");

/** Signs a token with these texts as header and payload. */
function signed(header: string, payload: string, secret = SECRET, hash = "sha256"): string {
  const text = `${base64url(header)}.${base64url(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}

async function said(token: string, secrets: readonly string[] = [SECRET]): Promise<string | null> {
  const payload = await verifiedPayload(token, secrets);
  return payload && Buffer.from(payload).toString("utf8");
}

describe("a token that is signed with one of the secrets", () => {
  it("says what its payload is, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (payload) => {
        expect(await said(signed(HEADER, payload))).toBe(Buffer.from(payload).toString("utf8"));
      }),
    );
  });

  it("may be signed with the older one of two", async () => {
    expect(await said(signed(HEADER, "{}"), ["another", SECRET])).toBe("{}");
  });

  it.each(['{"typ":"JWT","alg":"HS256"}', '{"alg":"HS256"}', '{ "alg" : "HS256", "kid": "é" }'])(
    "may have the header %s",
    async (header) => {
      expect(await said(signed(header, "{}"))).toBe("{}");
      expect(await said(signed(header, "{}"))).toBe("{}");
    },
  );
});

describe("a token says nothing", () => {
  it.each([
    ["of another algorithm", signed('{"alg":"HS512"}', "{}", SECRET, "sha512")],
    ["that names another algorithm than it has", signed('{"alg":"RS256"}', "{}")],
    ["of no algorithm", `${base64url('{"alg":"none"}')}.${base64url("{}")}.`],
    ["of a list of algorithms", signed('{"alg":["HS256"]}', "{}")],
    ["with an extension that must be understood", signed('{"alg":"HS256","crit":["b64"]}', "{}")],
    ["whose payload is not encoded", signed('{"alg":"HS256","b64":false}', "{}")],
    ["whose header is null", signed("null", "{}")],
    ["whose header is a text", signed('"HS256"', "{}")],
    ["whose header is no JSON", signed("HS256", "{}")],
    ["whose header is not UTF-8", signed(HEADER, "{}").replace(/^[^.]+/, "_____w")],
    ["of another secret", signed(HEADER, "{}", "another")],
    ["with padding", signed(HEADER, "{}").replace(".", "=.")],
    ["with white space", `${signed(HEADER, "{}")}\n`],
    ["of two parts", signed(HEADER, "{}").replace(/\.[^.]+$/, "")],
    ["of four parts", `${signed(HEADER, "{}")}.e30`],
    ["of five parts", `${signed(HEADER, "{}")}.e30.e30`],
    ["whose signature is cut", signed(HEADER, "{}").slice(0, -4)],
    ["whose signature goes on", `${signed(HEADER, "{}")}AAAA`],
    ["whose signature has an impossible length", `${signed(HEADER, "{}")}AA`],
    ["that is empty", ""],
    ["of dots", ".."],
  ])("%s", async (_, token) => {
    // The cached header must not stand for another one.
    expect(await said(signed(HEADER, "{}"))).toBe("{}");
    expect(await said(token)).toBeNull();
  });

  it("of which one bit is another", async () => {
    const token = signed(HEADER, '{"iss":"Vonage"}');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 2),
        fc.integer({ min: 1, max: 63 }),
        async (at, by) => {
          const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
          const index = alphabet.indexOf(token.charAt(at));
          fc.pre(index >= 0);
          const changed = token.slice(0, at) + alphabet[index ^ by] + token.slice(at + 1);
          expect(await said(changed)).toBeNull();
        },
      ),
    );
  });

  it("where no secret is left", async () => {
    expect(await said(signed(HEADER, "{}"), [])).toBeNull();
  });
});
