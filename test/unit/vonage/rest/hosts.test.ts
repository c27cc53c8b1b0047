import { describe, expect, it } from "vitest";
import { dialOrigin, fileUrl, legOrigin, type Base } from "../../../../src/vonage/rest/hosts.ts";

const NONE: Base = { apiUrl: null, region: null };
const LOCAL: Base = { apiUrl: "http://localhost:8080", region: "eu-west" };
const DEFAULT = "https://api.nexmo.com";

const HOSTILE = [
  "https://api.nexmo.com.evil.example",
  "https://api.nexmo.com@evil.example",
  "https://api.nexmo.com:secret@api.vonage.com",
  "https://user@api.nexmo.com",
  "https://evil.example/api.nexmo.com",
  "https://evil.example#api.nexmo.com",
  "https://evil.example?api.nexmo.com",
  "https://evil.example\\api.nexmo.com",
  "https://evilapi.nexmo.com",
  "https://rest.nexmo.com",
  "https://api.evil.nexmo.com",
  "https://api.nexmo.com.",
  "https://api-eu-3-vonage.com",
  "https://apinexmo.com",
  "https://api.nexmo.co",
  "https://api.nexmo.com:8443",
  "http://api.nexmo.com",
  "ftp://api.nexmo.com",
  "//api.nexmo.com",
  "api.nexmo.com",
  "javascript:alert(1)",
  "https://аpi.nexmo.com",
  "https://api_1.nexmo.com",
  "https://127.0.0.1",
  "https://[::1]",
  "http://169.254.169.254/latest/meta-data",
  "",
  " ",
];

describe("a leg's origin", () => {
  it.each([
    ["https://api-us-3.vonage.com", "https://api-us-3.vonage.com"],
    ["https://api-eu-1.nexmo.com/", "https://api-eu-1.nexmo.com"],
    ["https://api-sg-1.nexmo.com/v1/calls", "https://api-sg-1.nexmo.com"],
    ["https://api.vonage.com:443", "https://api.vonage.com"],
    ["HTTPS://API.NEXMO.COM", "https://api.nexmo.com"],
    [null, DEFAULT],
  ])("that was named %j is %s", (named, origin) => {
    expect(legOrigin(named, NONE)).toBe(origin);
    expect(legOrigin(named, LOCAL)).toBe(LOCAL.apiUrl);
  });

  it.each(HOSTILE)("that was named %j is none of the carrier's, and gets no request", (named) => {
    for (const base of [NONE, LOCAL]) {
      expect(legOrigin(named, base)).toBeNull();
      expect(dialOrigin(named, base)).toBeNull();
      expect(fileUrl(`${named}/v1/files/1`, base)).toBeNull();
    }
  });
});

describe("the origin for new calls", () => {
  it.each([
    ["na-east", "https://api-us-3.vonage.com"],
    ["na-west", "https://api-us-4.vonage.com"],
    ["eu-west", "https://api-eu-3.vonage.com"],
    ["eu-east", "https://api-eu-4.vonage.com"],
    ["apac-sng", "https://api-ap-3.vonage.com"],
    ["apac-australia", "https://api-ap-4.vonage.com"],
    [null, DEFAULT],
  ] as const)("in %s is %s", (region, origin) => {
    expect(dialOrigin(null, { apiUrl: null, region })).toBe(origin);
  });

  it("is the one that is named, and the configured one before all", () => {
    const named = "https://api-us-3.vonage.com";
    expect(dialOrigin(named, { apiUrl: null, region: "eu-west" })).toBe(named);
    expect(dialOrigin(named, LOCAL)).toBe(LOCAL.apiUrl);
    expect(dialOrigin(null, LOCAL)).toBe(LOCAL.apiUrl);
  });
});

describe("a file's address", () => {
  it("is the one that is named, or the same path at the configured host", () => {
    const url = "https://api-eu-3.vonage.com/v1/files/1?x=2";
    expect(fileUrl(url, NONE)).toBe(url);
    expect(fileUrl(url, LOCAL)).toBe("http://localhost:8080/v1/files/1?x=2");
  });
});
