/** The earliest of the moments that there are; null where there are none. */
export function earliest(moments: readonly (number | null)[]): number | null {
  const coming = moments.filter((moment) => moment !== null);
  return coming.length === 0 ? null : Math.min(...coming);
}
