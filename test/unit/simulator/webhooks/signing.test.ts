import { describe, expect, it } from "vitest";
import { authorization, hashedQuery, queryPayload } from "../../../simulator/webhooks/signing.ts";

const ACCOUNT = {
  signatureSecret: "constructed-test-secret-0123456789abcdef",
  apiKey: "a1b2c3d",
  applicationId: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
};

const RINGING =
  '{"headers":{},"from":"14845552121","to":"16105553939","uuid":"0a0000000123abcd10a0000000123abcd",' +
  '"conversation_uuid":"CON-2541d01c-253e-48be-a8e0-da4bbe4c3722","status":"ringing",' +
  '"direction":"inbound","timestamp":"2020-07-01T20:45:34.796Z"}';

describe("the carrier's signature", () => {
  it("is the JWT that another implementation made of the same webhook", () => {
    const stamp = {
      issuedAt: 1_587_494_962_000,
      tokenId: "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5",
    };
    expect(authorization(ACCOUNT, RINGING, stamp)).toBe(
      "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1ODc0OTQ5NjIsImp0aSI6ImM1YmE4ZjI0LTFhM" +
        "TQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6ImE1NDQxZDIzY2I0" +
        "MWEzYTQ4OWJiNzQzZWVhYTE0MzRkOTA3NzUwYWE0ZDVkNmYyM2E5ZjkwMGFkNWQxYjAwMjMiLCJhcGlfa2V5IjoiYTF" +
        "iMmMzZCIsImFwcGxpY2F0aW9uX2lkIjoiYWFhYWFhYWEtYmJiYi1jY2NjLWRkZGQtMDEyMzQ1Njc4OWFiIn0.PB8hdK" +
        "xYrlHTA6gr0BaTwN4QgaqmCxzUHR2zB4zJzWg",
    );
  });

  it("covers a query as one JSON object, in the order of the parameters", () => {
    const query = "to=16105553939&from=14845552121&note=a%20b";
    expect(queryPayload(new URLSearchParams(query))).toBe(
      '{"to":"16105553939","from":"14845552121","note":"a b"}',
    );
  });

  it("covers a query by each of the rules that the documents allow", () => {
    const url = new URL("http://bridge/event?own=1&to=a%20b");
    const own = new Set(["own"]);
    expect(hashedQuery(url, own, "article")).toBe('{"own":"1","to":"a b"}');
    expect(hashedQuery(url, own, "own-left-out")).toBe('{"to":"a b"}');
    expect(hashedQuery(url, own, "values-encoded")).toBe('{"own":"1","to":"a%20b"}');
    expect(hashedQuery(url, own, "raw-query")).toBe("own=1&to=a%20b");
    expect(hashedQuery(url, own, "absent")).toBeNull();
  });
});
