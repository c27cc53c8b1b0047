import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPublicKey, writeKeyPair } from "../../../simulator/rest/application-key.ts";
import { serveCarrier } from "../../../simulator/rest/carrier-server.ts";
import { startApplication } from "../support/application.ts";
import { APPLICATION, CLAIMS, token } from "./rest-client.ts";

const ROOM = { action: "conversation", name: "standup" };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "partyline-rest-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the REST side of a running carrier", () => {
  it("hangs up a caller for whoever holds the key", async () => {
    const application = await startApplication({
      "/webhooks/answer": { status: 200, body: [ROOM] },
    });
    const { carrier } = application;
    const { publicKey, privateKeyFile } = writeKeyPair(folder);
    const server = await serveCarrier(carrier, { port: 0, applicationId: APPLICATION, publicKey });
    const leg = carrier.dial({
      caller: "447700900001",
      line: "14155550100",
      hangUpAfterMs: null,
    });
    await expect.poll(() => carrier.truth.whereIs(leg.id)).toBe("standup");
    const claims = { ...CLAIMS, iat: Math.floor(Date.now() / 1000) };
    const signed = token(
      claims,
      { alg: "RS256", typ: "JWT" },
      readFileSync(privateKeyFile, "utf8"),
    );
    const response = await fetch(`${server.url}/v1/calls/${leg.id}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${signed}`, "content-type": "application/json" },
      body: '{"action":"hangup"}',
    });
    await carrier.finished();
    await server.stop();
    application.close();
    expect(response.status).toBe(204);
    expect([leg.status, leg.endedBy]).toEqual(["completed", "platform"]);
  });
});

describe("an application's key", () => {
  it("is told by the private key as well as by the public one", () => {
    const { publicKey, privateKeyFile } = writeKeyPair(folder);
    const publicKeyFile = path.join(folder, "public.pem");
    writeFileSync(publicKeyFile, publicKey);
    expect(readPublicKey(publicKeyFile)).toBe(publicKey);
    expect(readPublicKey(privateKeyFile)).toBe(publicKey);
  });

  it("must be one", () => {
    const file = path.join(folder, "key.pem");
    writeFileSync(file, "not a key");
    expect(() => readPublicKey(file)).toThrow("has no RSA key");
  });
});
