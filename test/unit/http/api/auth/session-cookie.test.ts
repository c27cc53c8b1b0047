import { expect, it } from "vitest";
import {
  sessionCookie,
  sessionRole,
  type Tokens,
} from "../../../../../src/http/api/auth/session-cookie.ts";

const TOKENS: Tokens = { operator: "operates", viewer: "reads" };
const NOW = Date.parse("2026-11-24T08:00:00Z");
const TWELVE_HOURS = 12 * 3_600_000;

it.each(["operator", "viewer"] as const)("gives the role of %s for twelve hours", async (role) => {
  const cookie = await sessionCookie(role, TOKENS[role] ?? "", NOW);
  expect(await sessionRole(cookie, TOKENS, NOW)).toBe(role);
  expect(await sessionRole(cookie, TOKENS, NOW + TWELVE_HOURS - 1)).toBe(role);
  expect(await sessionRole(cookie, TOKENS, NOW + TWELVE_HOURS)).toBeNull();
});

it("ends with its own token, and not with the other", async () => {
  const cookie = await sessionCookie("viewer", "reads", NOW);
  expect(await sessionRole(cookie, { ...TOKENS, operator: "new" }, NOW)).toBe("viewer");
  expect(await sessionRole(cookie, { ...TOKENS, viewer: "new" }, NOW)).toBeNull();
  expect(await sessionRole(cookie, { ...TOKENS, viewer: null }, NOW)).toBeNull();
});

it("has nothing in it that can be changed, and says no token", async () => {
  const cookie = await sessionCookie("viewer", "reads", NOW);
  expect(cookie).toMatch(/^viewer\.\d{10}\.[0-9a-f]{64}$/);
  expect(cookie).not.toContain("reads");
  const [, expiry = "", code = ""] = cookie.split(".");
  for (const forged of [
    `operator.${expiry}.${code}`,
    `viewer.${Number(expiry) + 1}.${code}`,
    `viewer.0${expiry}.${code}`,
    `viewer.${expiry}.${code.slice(0, -1)}`,
    `viewer.${expiry}.${code}0`,
    `viewer.${expiry}.`,
    `viewer.${expiry}`,
    `constructor.${expiry}.${code}`,
    ` ${cookie}`,
    "",
  ]) {
    expect(await sessionRole(forged, TOKENS, NOW)).toBeNull();
  }
});

it("of a viewer is none of the operator's, also where both had one token", async () => {
  const cookie = await sessionCookie("viewer", "operates", NOW);
  expect(await sessionRole(cookie.replace("viewer", "operator"), TOKENS, NOW)).toBeNull();
});
