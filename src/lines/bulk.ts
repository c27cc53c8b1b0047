/** Many entries of KV at once. */

/** So many keys are read at once, by the platform's limit. */
export const MOST_AT_ONCE = 100;

/**
 * The values under these keys, at most `MOST_AT_ONCE` of them, without those that there are not. The platform's own bulk read
 * leaves out what could be the index of an array, such as the ten digits of a Belgian number: these are read one by one.
 */
export async function valuesUnder(
  kv: KVNamespace,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [single, together] = [keys.filter(isIndex), keys.filter((key) => !isIndex(key))];
  const entries = await Promise.all([
    ...single.map(async (key) => [[key, await kv.get(key)] as const]),
    ...(together.length > 0 ? [kv.get(together)] : []),
  ]);
  return new Map(
    entries.flatMap((some) =>
      Array.from(some).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
    ),
  );
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}
