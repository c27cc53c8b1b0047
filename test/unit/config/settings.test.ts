import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import {
  apiToken,
  apiUrl,
  credentials,
  dialPrefixes,
  maxCallMs,
  maxParticipants,
  missingCredentials,
  missingToDial,
  publicUrl,
  retentionDays,
  signatureSecrets,
  sweepAfterMs,
  unexplainedGetAllowed,
  unsignedAllowed,
  unusableSettings,
  viewerToken,
  voiceRegion,
} from "../../../src/config/settings.ts";

const HOST = "bridge.example.com";
const LOCAL = "localhost";
const HOUR_MS = 3_600_000;
const PUBLISHED_SECRET = "partyline-development-secret-do-not-deploy";

/** Settings as bindings. TOML and the Cloudflare dashboard also allow numbers and booleans. */
const settings = (values: Record<string, unknown>): Env => values as unknown as Env;

describe("signatureSecrets", () => {
  it.each([
    [undefined, []],
    ["", []],
    ["  ", []],
    ["one", ["one"]],
    [" new  old\n", ["new", "old"]],
    [PUBLISHED_SECRET, []],
    [`real ${PUBLISHED_SECRET}`, ["real"]],
  ])("makes of %j: %j", (value, secrets) => {
    expect(signatureSecrets(settings({ VONAGE_SIGNATURE_SECRET: value }), HOST)).toEqual(secrets);
  });

  it.each(["localhost", "127.0.0.1", "[::1]"])("takes the published one on %s", (host) => {
    const env = settings({ VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET });
    expect(signatureSecrets(env, host)).toEqual([PUBLISHED_SECRET]);
  });

  it.each(["localhost.example.com", "example.com", "127.0.0.2", ""])(
    "refuses the published one on %j",
    (host) => {
      const env = settings({ VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET });
      expect(signatureSecrets(env, host)).toEqual([]);
    },
  );
});

describe("apiToken", () => {
  it.each([
    [undefined, HOST, null],
    ["", HOST, null],
    [" secret\n", HOST, "secret"],
    ["development", HOST, null],
    ["development", LOCAL, "development"],
  ])("makes of %j on %s: %j", (value, host, token) => {
    expect(apiToken(settings({ API_TOKEN: value }), host)).toBe(token);
  });
});

describe("viewerToken", () => {
  it.each([
    [undefined, HOST, null],
    ["", HOST, null],
    [" reads\n", HOST, "reads"],
    ["operates", HOST, null],
    ["development", HOST, null],
    ["development-viewer", HOST, null],
    ["development-viewer", LOCAL, "development-viewer"],
  ])("makes of %j on %s: %j", (value, host, token) => {
    const env = settings({ API_TOKEN: " operates", VIEWER_TOKEN: value });
    expect(viewerToken(env, host)).toBe(token);
  });
});

describe("unsignedAllowed and unexplainedGetAllowed", () => {
  it.each([
    ["true", true],
    [" true ", true],
    [undefined, false],
    ["", false],
    ["false", false],
    ["TRUE", false],
    ["1", false],
    ["yes", false],
  ])("says of %j: %j", (value, allowed) => {
    expect(unsignedAllowed(settings({ ALLOW_UNSIGNED_WEBHOOKS: value }))).toBe(allowed);
    expect(unexplainedGetAllowed(settings({ ALLOW_UNEXPLAINED_GET: value }))).toBe(allowed);
  });
});

const base = (value: string | undefined): string =>
  publicUrl(settings({ PUBLIC_URL: value }), "https://here.example.com/webhooks/answer?to=1");

describe("publicUrl", () => {
  it.each([
    [undefined, "https://here.example.com"],
    ["", "https://here.example.com"],
    ["https://there.example.com", "https://there.example.com"],
    [" https://there.example.com/\n", "https://there.example.com"],
    ["https://there.example.com:8443/", "https://there.example.com:8443"],
  ])("makes of %j: %s", (value, url) => {
    expect(base(value)).toBe(url);
  });

  it.each(["not an address", "there.example.com", "there.example.com:8443", "mailto:a@b.example"])(
    "falls back to the request's own address where %j cannot be one",
    (value) => {
      expect(base(value)).toBe("https://here.example.com");
    },
  );
});

describe("maxCallMs and retentionDays", () => {
  it.each([
    [undefined, 6],
    ["2", 2],
    [" 12 ", 12],
    ["0.5", 0.5],
    ["48", 48],
    ["0", 6],
    ["-1", 6],
    ["49", 6],
    ["six", 6],
    ["Infinity", 6],
    [12, 12],
  ])("take a call of MAX_CALL_HOURS = %j to last %d hours at most", (value, hours) => {
    expect(maxCallMs(settings({ MAX_CALL_HOURS: value }))).toBe(hours * HOUR_MS);
  });

  it.each([
    [undefined, 30],
    ["2", 2],
    ["365", 365],
    ["0", 30],
    ["366", 30],
    ["a week", 30],
    [7, 7],
  ])("keep legs for RETENTION_DAYS = %j: %i days", (value, days) => {
    expect(retentionDays(settings({ RETENTION_DAYS: value }))).toBe(days);
  });

  it.each([
    ["1", "6", 2],
    ["1", "24", 2],
    ["2", "48", 3],
  ])(
    "keep a leg longer than any call: with RETENTION_DAYS = %s and MAX_CALL_HOURS = %s for %i days",
    (RETENTION_DAYS, MAX_CALL_HOURS, days) => {
      expect(retentionDays(settings({ RETENTION_DAYS, MAX_CALL_HOURS }))).toBe(days);
    },
  );
});

const PEM = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";

describe("credentials", () => {
  it.each([PEM, ` ${PEM}\n`, PEM.replaceAll("\n", "\\n"), PEM.replaceAll("\n", "\\r\\n")])(
    "are an application and its key, as it was pasted: %j",
    (value) => {
      const env = settings({ VONAGE_APPLICATION_ID: " app ", VONAGE_PRIVATE_KEY: value });
      expect(credentials(env)).toEqual({ applicationId: "app", privateKey: PEM });
      expect(missingCredentials(env)).toEqual([]);
      expect(unusableSettings(env, HOST)).not.toContain("VONAGE_PRIVATE_KEY");
    },
  );

  it.each([
    [{}, ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"]],
    [{ VONAGE_APPLICATION_ID: "app", VONAGE_PRIVATE_KEY: " " }, ["VONAGE_PRIVATE_KEY"]],
    [{ VONAGE_PRIVATE_KEY: PEM }, ["VONAGE_APPLICATION_ID"]],
  ])("of %j lack %j", (values, names) => {
    expect(missingCredentials(settings(values))).toEqual(names);
    expect(missingToDial(settings(values))).toEqual([...names, "DIAL_PREFIXES"]);
    expect(missingToDial(settings({ ...values, DIAL_PREFIXES: "44" }))).toEqual(names);
    expect(credentials(settings(values))).toBeNull();
  });
});

describe("apiUrl", () => {
  it.each([
    [undefined, null],
    ["", null],
    ["https://api-eu-3.vonage.com/", "https://api-eu-3.vonage.com"],
    ["http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://example.com", null],
    ["api.nexmo.com", null],
  ])("makes of %j: %j, since a token goes nowhere in the clear", (value, url) => {
    expect(apiUrl(settings({ VONAGE_API_URL: value }))).toBe(url);
  });
});

describe("what may be called, and where", () => {
  it.each([
    [undefined, []],
    ["", []],
    [" , ", []],
    ["44", ["44"]],
    ["+44, +1 (415),  49-30,", ["44", "1415", "4930"]],
    ["44 1415", ["441415"]],
    ["44x, fourty-four, 1415", ["1415"]],
    ["1234567890123456", []],
    [44, ["44"]],
  ])("dialPrefixes makes of %j: %j", (value, prefixes) => {
    expect(dialPrefixes(settings({ DIAL_PREFIXES: value }))).toEqual(prefixes);
  });

  it.each([
    [undefined, null],
    ["eu-west", "eu-west"],
    [" apac-australia ", "apac-australia"],
    ["EU-WEST", null],
    ["mars", null],
  ])("voiceRegion makes of %j: %j", (value, region) => {
    expect(voiceRegion(settings({ VONAGE_REGION: value }))).toBe(region);
  });
});

describe("sweepAfterMs and maxParticipants", () => {
  it.each([
    [undefined, 1_800_000, 50],
    ["", 1_800_000, 50],
    ["1", 60_000, 1],
    [5, 300_000, 5],
    ["0", 1_800_000, 50],
    ["0.1", 6_000, 50],
    ["10001", 1_800_000, 50],
    ["many", 1_800_000, 50],
  ])("make of %j: %d and %d", (value, ms, people) => {
    expect(sweepAfterMs(settings({ SWEEP_AFTER_MINUTES: value }))).toBe(ms);
    expect(maxParticipants(settings({ MAX_PARTICIPANTS: value }))).toBe(people);
  });
});

describe("unusableSettings", () => {
  const GOOD = { VONAGE_SIGNATURE_SECRET: "secret", API_TOKEN: "token" };
  const CREDENTIALS = { VONAGE_APPLICATION_ID: "id", VONAGE_PRIVATE_KEY: PEM };

  it.each([
    [GOOD, []],
    [{}, ["VONAGE_SIGNATURE_SECRET", "API_TOKEN"]],
    [{ ...GOOD, VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET }, ["VONAGE_SIGNATURE_SECRET"]],
    [{ API_TOKEN: "token", ALLOW_UNSIGNED_WEBHOOKS: "true" }, []],
    [{ ...GOOD, API_TOKEN: "development" }, ["API_TOKEN"]],
    [{ ...GOOD, VIEWER_TOKEN: "reads" }, []],
    [{ ...GOOD, VIEWER_TOKEN: GOOD.API_TOKEN }, ["VIEWER_TOKEN"]],
    [{ ...GOOD, VIEWER_TOKEN: "development-viewer" }, ["VIEWER_TOKEN"]],
    [{ ...GOOD, PUBLIC_URL: "not an address" }, ["PUBLIC_URL"]],
    [{ ...GOOD, PUBLIC_URL: "there.example.com:8443" }, ["PUBLIC_URL"]],
    [{ ...GOOD, MAX_CALL_HOURS: "six" }, ["MAX_CALL_HOURS"]],
    [{ ...GOOD, RETENTION_DAYS: "0" }, ["RETENTION_DAYS"]],
    [{ ...GOOD, SWEEP_AFTER_MINUTES: "1441" }, ["SWEEP_AFTER_MINUTES"]],
    [{ ...GOOD, MAX_PARTICIPANTS: "0" }, ["MAX_PARTICIPANTS"]],
    [{ ...GOOD, VONAGE_REGION: "mars" }, ["VONAGE_REGION"]],
    [{ ...GOOD, ...CREDENTIALS }, []],
    [{ ...GOOD, VONAGE_APPLICATION_ID: "id" }, []],
    [{ ...GOOD, VONAGE_PRIVATE_KEY: PEM }, ["VONAGE_APPLICATION_ID"]],
    [{ ...GOOD, ...CREDENTIALS, VONAGE_APPLICATION_ID: " " }, ["VONAGE_APPLICATION_ID"]],
    [{ ...GOOD, ...CREDENTIALS, DIAL_PREFIXES: "44, DE" }, ["DIAL_PREFIXES"]],
    [{ ...GOOD, ...CREDENTIALS, DIAL_PREFIXES: "+44 7700, 1" }, []],
    [{ ...GOOD, DIAL_PREFIXES: "44" }, ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"]],
    [{ ...GOOD, DIAL_PREFIXES: "44", VONAGE_APPLICATION_ID: "id" }, ["VONAGE_PRIVATE_KEY"]],
    [{ ...GOOD, DIAL_PREFIXES: "44", VONAGE_PRIVATE_KEY: PEM }, ["VONAGE_APPLICATION_ID"]],
    [{ ...GOOD, DIAL_PREFIXES: " , " }, []],
    [{ ...GOOD, VONAGE_API_URL: "http://example.com" }, ["VONAGE_API_URL"]],
    [{ ...GOOD, ...CREDENTIALS, VONAGE_PRIVATE_KEY: "private.key" }, ["VONAGE_PRIVATE_KEY"]],
    [
      { ...GOOD, ...CREDENTIALS, VONAGE_PRIVATE_KEY: PEM.replaceAll("PRIV", "RSA PRIV") },
      ["VONAGE_PRIVATE_KEY"],
    ],
    [{ ...GOOD, MAX_CALL_HOURS: "", RETENTION_DAYS: "", PUBLIC_URL: "" }, []],
  ])("names what is wrong with %j", (values, names) => {
    expect(unusableSettings(settings(values), HOST)).toEqual(names);
  });

  it("finds nothing wrong with the published values on localhost", () => {
    const env = settings({ VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET, API_TOKEN: "development" });
    expect(unusableSettings(env, LOCAL)).toEqual([]);
  });

  it.each([
    "MAX_CALL_HOURS",
    "RETENTION_DAYS",
    "API_TOKEN",
    "VIEWER_TOKEN",
    "PUBLIC_URL",
    "ALLOW_UNSIGNED_WEBHOOKS",
    "ALLOW_UNEXPLAINED_GET",
    "VONAGE_APPLICATION_ID",
    "VONAGE_PRIVATE_KEY",
    "VONAGE_API_URL",
    "VONAGE_REGION",
    "DIAL_PREFIXES",
    "MAX_PARTICIPANTS",
  ])("survives %s as a number or a boolean", (name) => {
    for (const value of [5, true]) {
      expect(() => unusableSettings(settings({ ...GOOD, [name]: value }), HOST)).not.toThrow();
      expect(() => unsignedAllowed(settings({ [name]: value }))).not.toThrow();
    }
  });
});

describe("the values of .dev.vars.example, which are public", () => {
  const example = settings(
    parseEnv(readFileSync(`${import.meta.dirname}/../../../.dev.vars.example`, "utf8")),
  );

  it("are a secret and tokens that work on localhost at once", () => {
    expect(signatureSecrets(example, LOCAL)).toHaveLength(1);
    expect(apiToken(example, LOCAL)).not.toBeNull();
    expect(viewerToken(example, LOCAL)).not.toBeNull();
    expect(unusableSettings(example, LOCAL)).toEqual([]);
  });

  it("open nothing anywhere else", () => {
    expect(signatureSecrets(example, HOST)).toEqual([]);
    expect(apiToken(example, HOST)).toBeNull();
    expect(viewerToken(example, HOST)).toBeNull();
    expect(unsignedAllowed(example)).toBe(false);
  });
});
