/** The page and the hold music come from the same address as the Worker, and take no path of the Worker's away. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import description from "../../src/contract/openapi.json" with { type: "json" };
import { holdMusicUrl } from "../../src/calls/room-ncco.ts";
import { startServer } from "../support/server.ts";
import type { Server } from "../support/server.ts";

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "partyline-assets-"));
  server = await startServer({
    assets: true,
    worker: inject("worker"),
    stateDir: folder,
    port: 0,
    settings: {
      VONAGE_SIGNATURE_SECRET: "assets-test-secret-0123456789abcdef",
      API_TOKEN: "assets",
    },
  });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

test("the hold music is an MP3 that plays on a phone line, of a few tens of kilobytes", async () => {
  const response = await fetch(holdMusicUrl(server.url));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("audio/mpeg");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes.length).toBeLessThan(65_536);
  // A frame of MPEG audio, layer III, begins with eleven set bits; nothing stands before the first.
  expect(((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)).toBeGreaterThanOrEqual(0xffe0);
});

test("the page comes with headers that let it run only what is its own, and be shown in no frame", async () => {
  const page = await fetch(server.url);
  expect(page.status).toBe(200);
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("cache-control")).toBe("no-cache");
});

test("what the page loads is its own, is there, and is kept for good", async () => {
  const html = await (await fetch(server.url)).text();
  const sources = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source = ""]) => source);
  expect(sources.length).toBeGreaterThanOrEqual(3);
  expect(html).not.toMatch(/<style|<script(?![^>]* src=)|style=/);
  for (const source of sources) {
    expect(source).toMatch(/^\/assets\//);
    const response = await fetch(server.url + source);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toContain("immutable");
  }
});

test("the description of the API is handed out as it is, to who may use the API", async () => {
  const headers = { authorization: "Bearer assets" };
  const response = await fetch(`${server.url}/api/openapi.json`, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual(description);
});

test.each([
  ["/health", 200, '"ok":true'],
  ["/api/conferences/standup", 401, "detail"],
  ["/api/openapi.json", 401, "detail"],
  ["/_headers", 404, "There is no such page"],
  ["/nothing-here", 404, "There is no such page"],
  ["/hold-music.mp3/more", 404, "There is no such page"],
])("the Worker still answers %s", async (route, status, words) => {
  const response = await fetch(server.url + route);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(words);
});
