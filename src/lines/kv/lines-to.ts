/** Finds the lines that lead to a conference by reading all of KV. Only for rare requests. */
import { Turns } from "../../lib/turns.ts";
import { digitsIn } from "../../vonage/numbers.ts";
import { MOST_AT_ONCE, valuesUnder } from "./bulk.ts";
import { parseLine } from "../parse/line.ts";
import { IN_ONE_GO } from "../parse/value-size.ts";

/** One page of KV's list. An operator with more lines has to name the line. */
const MOST_KEYS = 1_000;

export interface LinesTo {
  /** Digits only. */
  numbers: string[];
  /** Whether all lines were read. */
  complete: boolean;
}

/** `ceiling`: the highest `maxParticipants` that is allowed. @throws where KV cannot be read. */
export async function linesTo(
  lines: KVNamespace,
  conference: string,
  ceiling: number,
): Promise<LinesTo> {
  const { keys, list_complete: complete } = await lines.list({ limit: MOST_KEYS });
  const names = keys.map(({ name }) => name).filter((name) => digitsIn(name) !== null);
  const pages = Array.from({ length: Math.ceil(names.length / MOST_AT_ONCE) }, (_, page) =>
    valuesUnder(lines, names.slice(page * MOST_AT_ONCE, (page + 1) * MOST_AT_ONCE)),
  );
  const entries = (await Promise.all(pages)).flatMap((page) => [...page]);
  const numbers: string[] = [];
  const turns = new Turns(IN_ONE_GO);
  for (const [name, value] of entries) {
    if (leadsTo(value, conference, ceiling)) numbers.push(digitsIn(name) ?? name);
    await turns.done(value.length);
  }
  return { numbers: [...new Set(numbers)], complete };
}

function leadsTo(value: string, conference: string, ceiling: number): boolean {
  const parsed = parseLine(value, ceiling);
  if (!parsed.ok) return false;
  const doors = [parsed.value.door, ...parsed.value.rooms.values()];
  return doors.some((door) => door?.room.conference === conference);
}
