/** Bodies, methods and headers that no carrier sends, all of them signed: never a server error, never a trace. */
import { env } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { queryPayload } from "../../simulator/webhooks/signing.ts";
import { ORIGIN } from "../support/bridge.ts";
import { call } from "../support/call.ts";
import {
  CALLER,
  claimsFor,
  exchange,
  expectNothingStored,
  post,
  token,
} from "../support/tokens.ts";

const MAX_BODY_BYTES = 65_536;
const DEEP = 20_000;

/** Signed as the carrier would sign these very bytes. */
function signed(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const payload_hash = createHash("sha256").update(body).digest("hex");
  const request = post(path, body, `Bearer ${token(claimsFor("", { payload_hash }))}`);
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return request;
}

/** JSON of an event that changes nothing, exactly so many bytes long. */
function sized(bytes: number): string {
  const start = '{"reason":"too long","padding":"';
  return `${start}${"a".repeat(bytes - start.length - 2)}"}`;
}

const UNREADABLE: readonly (readonly [string, string | Uint8Array])[] = [
  ["nothing", ""],
  ["no JSON", "to=14155550191&uuid=a"],
  ["half of a JSON", '{"uuid":"a"'],
  ["an array", '[{"uuid":"a","status":"answered"}]'],
  ["a text", '"answered"'],
  ["null", "null"],
  ["a number", "5"],
  ["broken UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ["objects 20,000 deep", `${'{"a":'.repeat(DEEP / 2)}1${"}".repeat(DEEP / 2)}`],
  ["arrays 20,000 deep", `{"a":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
];

beforeAll(async () => {
  await env.LINES.put("14155550191", "hostile-bodies");
});

expectNothingStored();

describe("a body that cannot be read", () => {
  it.each(UNREADABLE)("is no event: %s", async (_, body) => {
    expect((await exchange(signed("/webhooks/event", body))).status).toBe(400);
    expect((await exchange(signed("/webhooks/recording", body))).status).toBe(400);
  });

  it.each(UNREADABLE)("leaves the caller with an apology: %s", async (_, body) => {
    for (const path of ["/webhooks/answer", "/webhooks/fallback"]) {
      const response = await exchange(signed(path, body));
      expect(response.status).toBe(200);
      expect(JSON.parse(response.body)).toEqual(apologyNcco());
    }
  });

  it("is no event in a query either", async () => {
    const query = new URLSearchParams({ body: `${"[".repeat(DEEP)}${"]".repeat(DEEP)}` });
    const authorization = `Bearer ${token(claimsFor(queryPayload(query)))}`;
    const url = `${ORIGIN}/webhooks/event?${query.toString()}`;
    expect((await exchange(new Request(url, { headers: { authorization } }))).status).toBe(400);
  });
});

describe("a body that is too long", () => {
  const LONG = [
    ["a byte over 64 KiB", MAX_BODY_BYTES + 1],
    ["100 KiB", 102_400],
    ["a megabyte", 1_048_576],
  ] as const;
  const PATHS = ["/webhooks/event", "/webhooks/answer", "/webhooks/recording?conference=a"];

  it.each(LONG)("is refused with its length given: %s", async (_, bytes) => {
    for (const path of PATHS) {
      const request = signed(path, sized(bytes), { "content-length": String(bytes) });
      expect((await exchange(request)).status).toBe(413);
    }
  });

  it.each(LONG)("is refused with no length given: %s", async (_, bytes) => {
    for (const path of PATHS) {
      const body = new Blob([sized(bytes)]).stream();
      const header = `Bearer ${token(claimsFor(sized(bytes)))}`;
      expect((await exchange(post(path, body, header))).status).toBe(413);
    }
  });

  it.each(LONG)(
    "gets the fixed apology from the fallback, which always answers: %s",
    async (_, bytes) => {
      const response = await exchange(signed("/webhooks/fallback", sized(bytes)));
      expect(response.status).toBe(200);
      expect(JSON.parse(response.body)).toEqual(apologyNcco());
    },
  );

  it("is read up to 64 KiB exactly", async () => {
    const body = sized(MAX_BODY_BYTES);
    expect((await exchange(signed("/webhooks/event", body))).status).toBe(204);
    const length = { "content-length": String(MAX_BODY_BYTES) };
    expect((await exchange(signed("/webhooks/event", body, length))).status).toBe(204);
  });
});

describe("a method that is not the carrier's", () => {
  const one = call({ line: "14155550191" });
  const BODY = JSON.stringify(one.answer);
  const PATHS = ["answer", "event", "events", "fallback", "recording"];

  it.each(["PUT", "DELETE", "PATCH"])("does nothing, signed: %s", async (method) => {
    for (const path of PATHS) {
      const authorization = `Bearer ${token(claimsFor(BODY))}`;
      const init = { method, headers: { authorization }, body: BODY };
      const { status } = await exchange(new Request(`${ORIGIN}/webhooks/${path}`, init));
      expect([404, 405]).toContain(status);
    }
  });

  it.each(["HEAD", "OPTIONS"])("does nothing, signed: %s", async (method) => {
    const query = new URLSearchParams(one.answer as Record<string, string>);
    for (const path of PATHS) {
      const authorization = `Bearer ${token(claimsFor(""))}`;
      const init = { method, headers: { authorization } };
      const { status } = await exchange(
        new Request(`${ORIGIN}/webhooks/${path}?${query.toString()}`, init),
      );
      expect(status).toBeLessThan(500);
    }
  });

  it.each(["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])(
    "does nothing, unsigned: %s",
    async (method) => {
      for (const path of PATHS) {
        const { status } = await exchange(new Request(`${ORIGIN}/webhooks/${path}`, { method }));
        // 503 asks the carrier to send it again, signed.
        expect([200, 404, 405, 503]).toContain(status);
      }
    },
  );

  it("finds no other page below /webhooks", async () => {
    for (const path of ["/webhooks", "/webhooks/", "/webhooks/answer/more", "/webhooks/input2"]) {
      expect((await exchange(signed(path, BODY))).status).toBe(404);
    }
  });
});

describe("fields that are odd", () => {
  it.each([
    ["a leg of 256 characters", "a".repeat(256)],
    ["a leg of 10,000 characters", "a".repeat(10_000)],
    ["a leg that is a number", 5],
    ["a leg that is an object", { id: "a" }],
    ["a leg that is null", null],
  ])("let a caller in whom nobody can follow: %s", async (_, uuid) => {
    const { answer, answered, transfer } = call({ line: "14155550191" });
    const response = await exchange(
      signed("/webhooks/answer", JSON.stringify({ ...answer, uuid })),
    );
    expect(response.status).toBe(200);
    expect(JSON.parse(response.body)).toContainEqual({
      action: "conversation",
      name: "hostile-bodies",
    });
    for (const payload of [answered, transfer]) {
      const event = signed("/webhooks/event", JSON.stringify({ ...payload, uuid }));
      expect((await exchange(event)).status).toBe(204);
    }
  });

  it("are no fields where they stand in a prototype", async () => {
    const body = JSON.stringify(call({ line: "14155550191" }).answered);
    const response = await exchange(signed("/webhooks/event", `{"__proto__":${body}}`));
    expect(response.status).toBe(204);
  });

  it("put no number into the log that the carrier wrote into a reason", async () => {
    const body = JSON.stringify({
      reason: `Cannot route to ${CALLER}.`,
      conversation_uuid: "CON-a",
    });
    expect((await exchange(signed("/webhooks/event", body))).status).toBe(204);
  });
});
