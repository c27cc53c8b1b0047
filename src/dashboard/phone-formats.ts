/**
 * Reduces the metadata of `libphonenumber-js`, when the page is built, to what formatting needs. Most of the data describes which
 * numbers are valid, which the page does not check.
 */
import type { Plugin } from "vite";

/** A country, as the library's `metadata.js` reads it (version 4): code, prefix for abroad, pattern, lengths, formats, … */
type Country = [code: string, idd: unknown, pattern: string, lengths: unknown, formats: unknown];

/** Pattern, format, leading digits (each more exact than the one before), national prefix, whether it is optional, international format. */
type Format = [string, string, (string[] | 0)?, unknown?, unknown?, unknown?];

export interface Metadata {
  version: number;
  country_calling_codes: Record<string, [string, ...string[]]>;
  countries: Record<string, Country>;
  nonGeographic?: unknown;
}

/** Countries that share a code have the formats of its main country. */
export function thinned(metadata: Metadata): Metadata {
  const mains = Object.entries(metadata.country_calling_codes).map(
    ([code, [main]]) => [code, main] as const,
  );
  return {
    version: metadata.version,
    country_calling_codes: Object.fromEntries(mains.map(([code, main]) => [code, [main]])),
    countries: Object.fromEntries(
      mains.flatMap(([, main]) => {
        const country = metadata.countries[main];
        return country === undefined ? [] : [[main, thinnedCountry(country)]];
      }),
    ),
    nonGeographic: metadata.nonGeographic,
  };
}

function thinnedCountry([code, , , , formats]: Country): Country {
  const kept = Array.isArray(formats) ? (formats as Format[]).map(thinnedFormat) : formats;
  return [code, 0, String.raw`\d*`, [], kept];
}

function thinnedFormat([pattern, format, firstDigits, , , abroad]: Format): unknown[] {
  const exact = firstDigits ? firstDigits.slice(-1) : 0;
  return abroad ? [pattern, format, exact, 0, 0, abroad] : [pattern, format, exact];
}

const FILE = /libphonenumber-js\/metadata\.min\.json\.js$/;

export function thinPhoneFormats(): Plugin {
  return {
    name: "thin-phone-formats",
    async load(id) {
      if (!FILE.test(id)) return null;
      const { default: metadata } = (await import("libphonenumber-js/min/metadata")) as unknown as {
        default: Metadata;
      };
      return `export default ${JSON.stringify(thinned(metadata))}`;
    },
  };
}
