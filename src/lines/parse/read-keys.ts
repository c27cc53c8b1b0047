/** Validates an object key by key, so that all invalid values are reported at once. Pure. */
import * as v from "valibot";
import { nameable } from "./secrets.ts";

export interface Read<Values> {
  /** The valid ones. */
  values: Values;
  /** The keys whose value is invalid. */
  wrong: Set<string>;
  problems: string[];
}

/** `unknown` makes the message for a key that is not in `keys`: a misspelt key must not be ignored. */
export function readKeys<Values>(
  keys: Readonly<Record<string, v.GenericSchema>>,
  object: Readonly<Record<string, unknown>>,
  unknown: (key: string) => string,
): Read<Values> {
  const values: Record<string, unknown> = {};
  const messages = new Map<string, string[]>();
  const unknownKeys: string[] = [];
  for (const key of Object.keys(object)) {
    const schema = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (schema === undefined) {
      unknownKeys.push(`${nameable(key)}: ${unknown(key)}`);
      continue;
    }
    const result = v.safeParse(schema, object[key], { abortPipeEarly: true });
    if (result.success) {
      values[key] = result.output;
    } else {
      const said = result.issues.map(({ message }) => `${key}: ${message}`);
      messages.set(key, said);
    }
  }
  const wrong = new Set(messages.keys());
  const problems =
    wrong.size === 0 ? [] : Object.keys(keys).flatMap((key) => messages.get(key) ?? []);
  return { values: values as Values, wrong, problems: problems.concat(unknownKeys) };
}
