/** The API's door: no page of it opens without the operator's token, and every refusal is a problem detail. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { apiRequest, ask } from "../support/api/ask.ts";
import { ACCOUNT, ORIGIN } from "../support/bridge.ts";

const PUBLISHED_TOKEN = "development";

/** Some pages, and addresses that are none: `access.test.ts` asks for every one that there is. */
const PATHS = ["/api/conferences/settings", "/api/legs/one", "/api/lines/14155550100"];
const NO_PAGES = ["/api", "/api/", "/api/nothing", "/api/conferences/a%2Fb", "/api/legs/"];

describe("the API", () => {
  it.each([...PATHS, ...NO_PAGES])("is closed without its token: %s", async (path) => {
    for (const token of [null, "", "wrong", `${env.API_TOKEN}x`, ACCOUNT.signatureSecret]) {
      for (const method of ["GET", "POST", "DELETE"]) {
        const request = new Request(apiRequest(token, path), { method });
        const { status, type, text } = await ask(request, {});
        expect([status, type]).toEqual([401, "application/problem+json"]);
        expect(JSON.parse(text)).toMatchObject({ title: "Unauthorized", status: 401 });
        expect(text).not.toContain(env.API_TOKEN);
      }
    }
  });

  it.each(PATHS)("is closed where no token is set, and says so: %s", async (path) => {
    for (const API_TOKEN of [undefined, "", " ", PUBLISHED_TOKEN]) {
      for (const token of [null, "undefined", PUBLISHED_TOKEN]) {
        const { status, type, text } = await ask(apiRequest(token, path), { API_TOKEN });
        expect([status, type]).toEqual([503, "application/problem+json"]);
        expect(JSON.parse(text)).toMatchObject({ status: 503 });
        expect(text).toContain("API_TOKEN");
      }
    }
  });

  it.each([
    [`bearer ${env.API_TOKEN}`, 200],
    [`Bearer   ${env.API_TOKEN} `, 200],
    [`Basic ${env.API_TOKEN}`, 401],
    [`${env.API_TOKEN}`, 401],
    [`Bearer ${env.API_TOKEN?.toUpperCase()}`, 401],
  ])("answers the header %j with %i", async (authorization, expected) => {
    const request = apiRequest(null);
    request.headers.set("authorization", authorization);
    expect((await ask(request, {})).status).toBe(expected);
  });

  it("answers an address that it does not have with problem details, as the rest of the Worker does", async () => {
    for (const request of [
      apiRequest(env.API_TOKEN ?? "", "/api/nothing"),
      new Request(`${ORIGIN}/nothing`),
    ]) {
      const { status, type, text } = await ask(request, {});
      expect([status, type]).toEqual([404, "application/problem+json"]);
      expect(JSON.parse(text)).toMatchObject({
        type: "about:blank",
        title: "Not Found",
        status: 404,
      });
    }
  });
});
