import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSignedUrl, signedUrl } from "../../../../src/calls/callback-urls/signed-url.ts";

const BASE = "https://bridge.example.com";
const PATH = "/webhooks/input";
const NAMES = ["leg", "line", "caller", "origin"] as const;
const SECRETS = ["a secret", "the one before"];

const parametersOf = fc.record(
  { leg: fc.string(), line: fc.string(), caller: fc.string(), origin: fc.string() },
  { noNullPrototype: true, requiredKeys: [] },
);

describe("a signed URL", () => {
  it("says what it was made with, also by the secret before, and nothing under the names that it lacks", async () => {
    await fc.assert(
      fc.asyncProperty(parametersOf, fc.nat(1), async (given, index) => {
        const parameters = inOrder(given);
        const url = await signedUrl(BASE, PATH, parameters, SECRETS.slice(index));
        expect(await readSignedUrl(url, NAMES, SECRETS)).toEqual({ ...NOTHING, ...parameters });
      }),
    );
  });

  it("is nobody's once any of its parameters is taken away, changed or added", async () => {
    await fc.assert(
      fc.asyncProperty(
        parametersOf,
        fc.constantFrom(...NAMES),
        fc.option(fc.string(), { nil: null }),
        async (given, name, value) => {
          const made = await signedUrl(BASE, PATH, inOrder(given), SECRETS);
          const url = new URL(made);
          if (value === null) url.searchParams.delete(name);
          else url.searchParams.set(name, value);
          fc.pre(url.searchParams.get(name) !== new URL(made).searchParams.get(name));
          expect(await readSignedUrl(url.href, NAMES, SECRETS)).toBeNull();
        },
      ),
    );
  });

  it("says the same where a carrier that calls by GET adds parameters of its own", async () => {
    const url = await signedUrl(BASE, PATH, { leg: "a", line: "b" }, SECRETS);
    const read = await readSignedUrl(`${url}&leg=c&from=d&code=e`, NAMES, SECRETS);
    expect(read).toEqual({ ...NOTHING, leg: "a", line: "b" });
  });

  it("holds half a character as the URL can carry it", async () => {
    const url = await signedUrl(BASE, PATH, { leg: "\ud83d" }, SECRETS);
    expect(await readSignedUrl(url, NAMES, SECRETS)).toEqual({ ...NOTHING, leg: "\ufffd" });
  });
});

const NOTHING = { leg: "", line: "", caller: "", origin: "" };

function inOrder(given: Partial<Record<(typeof NAMES)[number], string>>): Record<string, string> {
  return Object.fromEntries(
    NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
}
