import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyToken } from "../../../simulator/rest/token.ts";
import { APPLICATION, CLAIMS, IAT, KEYS, macToken, NOW, token } from "./rest-client.ts";

const KNOWN = { id: APPLICATION, publicKey: createPublicKey(KEYS.publicKey) };
const DAY = 24 * 60 * 60;

const verdict = (jwt: string, now = NOW) => verifyToken(`Bearer ${jwt}`, KNOWN, now);

describe("a token", () => {
  it("of the application is accepted, and its id is known", () => {
    expect(verdict(token())).toEqual({ ok: true, tokenId: "token-1" });
  });

  it("may come again", () => {
    const jwt = token();
    expect([verdict(jwt).ok, verdict(jwt).ok]).toEqual([true, true]);
  });

  it("without an end ends after fifteen minutes", () => {
    const jwt = token();
    expect(verdict(jwt, NOW + 899_000).ok).toBe(true);
    expect(verdict(jwt, NOW + 900_000)).toEqual({ ok: false, reason: "expired" });
  });

  it("may live for half a minute to a day, and carry claims of other products", () => {
    expect(verdict(token({ ...CLAIMS, exp: IAT + 30 })).ok).toBe(true);
    expect(verdict(token({ ...CLAIMS, exp: IAT + DAY, sub: "me", acl: {} })).ok).toBe(true);
  });

  it.each([
    ["shorter than half a minute", { exp: IAT + 29 }, "lifetime out of bounds"],
    ["longer than a day", { exp: IAT + DAY + 1 }, "lifetime out of bounds"],
    ["expired", { iat: IAT - 120, exp: IAT }, "expired"],
    ["issued in the future", { iat: IAT + 61 }, "not valid yet"],
    ["dated in milliseconds", { iat: NOW }, "not valid yet"],
    ["not valid yet", { nbf: IAT + 61 }, "not valid yet"],
    ["of another application", { application_id: "another" }, "unknown application"],
    [
      "without an application",
      { application_id: undefined },
      "a claim is missing or of the wrong type",
    ],
    ["without a time", { iat: undefined }, "a claim is missing or of the wrong type"],
    ["without an id", { jti: undefined }, "a claim is missing or of the wrong type"],
    ["with an empty id", { jti: "" }, "a claim is missing or of the wrong type"],
    [
      "with its end as a text",
      { exp: String(IAT + 60) },
      "a claim is missing or of the wrong type",
    ],
  ])("%s is refused", (_name, claims, reason) => {
    expect(verdict(token({ ...CLAIMS, ...claims }))).toEqual({ ok: false, reason });
  });

  it("made with the public key as a shared secret is refused", () => {
    expect(verdict(macToken(KEYS.publicKey))).toEqual({ ok: false, reason: "not an RS256 JWT" });
  });

  it("that claims RS256 for a MAC is refused", () => {
    const [, claims, mac] = macToken(KEYS.publicKey).split(".");
    const [header] = token().split(".");
    expect(verdict(`${header}.${claims}.${mac}`)).toEqual({ ok: false, reason: "wrong signature" });
  });

  it("without a signature, or of another key, is refused", () => {
    const unsigned = token(CLAIMS, { alg: "none", typ: "JWT" });
    expect(verdict(unsigned).ok).toBe(false);
    expect(verdict(token().replace(/[^.]*$/, "")).ok).toBe(false);
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const jwt = token(CLAIMS, undefined, other.export({ type: "pkcs8", format: "pem" }).toString());
    expect(verdict(jwt)).toEqual({ ok: false, reason: "wrong signature" });
  });

  it("whose claims were changed is refused", () => {
    const [header, , signature] = token().split(".");
    const [, claims] = token({ ...CLAIMS, jti: "token-2" }).split(".");
    expect(verdict(`${header}.${claims}.${signature}`).ok).toBe(false);
  });

  it.each([undefined, "", "Bearer", "Bearer a.b", "Bearer !.!.!", "Basic a2V5OnNlY3JldA=="])(
    "is missing from %j",
    (authorization) => {
      expect(verifyToken(authorization, KNOWN, NOW).ok).toBe(false);
    },
  );
});
