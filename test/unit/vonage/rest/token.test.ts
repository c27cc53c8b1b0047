import { createPublicKey } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { restToken } from "../../../../src/vonage/rest/token.ts";
import { verifyToken } from "../../../simulator/rest/token.ts";
import { APPLICATION, KEYS, NOW } from "../../simulator/rest/rest-client.ts";

const KEYS_OF_APPLICATION = { applicationId: APPLICATION, privateKey: KEYS.privateKey };
const KNOWN = { id: APPLICATION, publicKey: createPublicKey(KEYS.publicKey) };

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a token", () => {
  it("is made with a key that is imported once, also for tokens at the same moment", async () => {
    const imports = vi.spyOn(crypto.subtle, "importKey");
    const pasted = { ...KEYS_OF_APPLICATION, privateKey: `${KEYS.privateKey}\n` };
    const make = (): Promise<string> => restToken(pasted, NOW, crypto.randomUUID());
    await Promise.all([make(), make(), make()]);
    await make();
    expect(imports).toHaveBeenCalledTimes(1);
    // Another key replaces the cached one.
    await restToken(KEYS_OF_APPLICATION, NOW, "id-0");
    await restToken(KEYS_OF_APPLICATION, NOW, "id-1");
    expect(imports).toHaveBeenCalledTimes(2);
  });

  it("is taken by the carrier for five minutes", async () => {
    const authorization = `Bearer ${await restToken(KEYS_OF_APPLICATION, NOW, "id-1")}`;
    for (const later of [0, 299_000]) {
      const result = verifyToken(authorization, KNOWN, NOW + later);
      expect(result).toEqual({ ok: true, tokenId: "id-1" });
    }
    expect(verifyToken(authorization, KNOWN, NOW + 300_000).ok).toBe(false);
    expect(verifyToken(authorization, { ...KNOWN, id: "another" }, NOW).ok).toBe(false);
  });

  it("is signed anew where the key changes, and cannot be made without one", async () => {
    const wrong = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    for (const privateKey of [wrong, "nonsense", ""]) {
      const made = restToken({ applicationId: APPLICATION, privateKey }, NOW, "id-2");
      await expect(made).rejects.toBeInstanceOf(Error);
    }
    const again = `Bearer ${await restToken(KEYS_OF_APPLICATION, NOW, "id-3")}`;
    expect(verifyToken(again, KNOWN, NOW).ok).toBe(true);
  });
});
