/** Reads many KV entries at once. */
import { reasonOf } from "../../lib/log.ts";

/** The platform's limit of keys in a bulk read. */
export const MOST_AT_ONCE = 100;

/**
 * The values under these keys, at most `MOST_AT_ONCE`; missing ones are left out. The platform's bulk read passes through a
 * JavaScript object and loses keys that could be array indices, such as the ten digits of a Belgian number, and names of
 * object properties, such as `__proto__`. These keys are read one by one.
 */
export async function valuesUnder(
  kv: KVNamespace,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [single, together] = [keys.filter(isSpecial), keys.filter((key) => !isSpecial(key))];
  const entries = await Promise.all([
    ...single.map(async (key) => [[key, await kv.get(key)] as const]),
    ...(together.length > 0 ? [readTogether(kv, together)] : []),
  ]);
  return new Map(
    entries.flatMap((some) =>
      Array.from(some).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
    ),
  );
}

/** Reads in halves where the values exceed the limit of a bulk read (25 MB, reported as 413). */
async function readTogether(
  kv: KVNamespace,
  keys: string[],
): Promise<(readonly [string, string | null])[]> {
  const [first] = keys;
  if (first !== undefined && keys.length === 1) return [[first, await kv.get(first)]];
  try {
    return [...(await kv.get(keys))];
  } catch (error) {
    if (!/\b413\b/.test(reasonOf(error))) throw error;
    const half = Math.ceil(keys.length / 2);
    const halves = [keys.slice(0, half), keys.slice(half)];
    return (await Promise.all(halves.map((some) => readTogether(kv, some)))).flat();
  }
}

function isSpecial(key: string): boolean {
  return key in {} || (/^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1);
}
