import { parsePhoneNumberFromString } from "libphonenumber-js/core";
import type { MetadataJson } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/min/metadata";
import examples from "libphonenumber-js/mobile/examples";
import { expect, it } from "vitest";
import { thinned, type Metadata } from "../../../src/dashboard/phone-formats.ts";

const whole = metadata as unknown as Metadata;
const thin = thinned(whole);

function written(number: string, by: Metadata): string | undefined {
  return parsePhoneNumberFromString(number, by as unknown as MetadataJson)?.formatInternational();
}

function size(metadataLike: Metadata): number {
  return JSON.stringify(metadataLike).length;
}

it("writes an example number of every country as the whole library does", () => {
  const numbers = Object.entries(examples).map(
    ([country, national]) => `+${whole.countries[country]?.[0] ?? ""}${national}`,
  );
  expect(numbers.length).toBeGreaterThan(200);
  for (const number of numbers) expect(written(number, thin)).toBe(written(number, whole));
});

it("writes landlines, freephone and numbers that exist nowhere, too", () => {
  const numbers = ["+493012345678", "+442079460000", "+14155550100", "+80012345678"];
  expect(numbers.map((number) => written(number, thin))).toEqual([
    "+49 30 12345678",
    "+44 20 7946 0000",
    "+1 415 555 0100",
    "+800 1234 5678",
  ]);
});

it("takes less than two thirds of the space", () => {
  expect(size(thin)).toBeLessThan(size(whole) * 0.66);
});
