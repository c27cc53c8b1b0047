/** Whole numbers in query parameters. */

/** A query parameter, `fallback` where it is missing, null where it is no whole number from `least` to `most`. */
export function wholeNumber(
  text: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
