/** What the browser is told to allow the page, and that it then allows no more. */
import { expect } from "vitest";
import { test } from "./support/fixtures.ts";

const STRICT = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "frame-ancestors": "'none'",
  "base-uri": "'none'",
  "form-action": "'self'",
};

test("the page and all that it is made of come with a strict policy", async ({ stage }) => {
  const page = await fetch(`${stage.url}/`);
  expect(page.status).toBe(200);
  expect(directivesOf(page)).toEqual(STRICT);
  const html = await page.text();
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const path of parts) {
    const part = await fetch(new URL(path, `${stage.url}/`));
    expect([path, part.status, directivesOf(part)]).toEqual([path, 200, STRICT]);
    expect(part.headers.get("x-content-type-options")).toBe("nosniff");
  }
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
});

test("a script that somebody smuggles into the page is not run", async ({
  visitor: { page },
  expected,
}) => {
  expected.push(/Content Security Policy/);
  const ran = await page.evaluate(`(() => {
    const inline = document.createElement("script");
    inline.textContent = "window.smuggled = true";
    document.head.append(inline);
    return window.smuggled ?? false;
  })()`);
  expect(ran).toBe(false);
});

function directivesOf(answer: Response): Record<string, string> {
  const policy = answer.headers.get("content-security-policy") ?? "";
  return Object.fromEntries(
    policy.split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources.join(" ")];
    }),
  );
}
