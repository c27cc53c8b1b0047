/** Reads an object that an operator typed, key by key, so that one wrong value hides no other. Pure. */
import * as v from "valibot";
import { nameable } from "./secrets.ts";

export interface Read<Values> {
  /** What is right. */
  values: Values;
  /** The keys whose value is not. */
  wrong: Set<string>;
  problems: string[];
}

/** `unknown` says what is wrong with a key that is not in `keys`: a misspelt one must not pass for one never given. */
export function readKeys<Values>(
  keys: Readonly<Record<string, v.GenericSchema>>,
  object: Readonly<Record<string, unknown>>,
  unknown: (key: string) => string,
): Read<Values> {
  const values: Record<string, unknown> = {};
  const wrong = new Set<string>();
  const problems: string[] = [];
  for (const [key, schema] of Object.entries(keys)) {
    if (!Object.hasOwn(object, key)) continue;
    const result = v.safeParse(schema, object[key], { abortPipeEarly: true });
    if (result.success) values[key] = result.output;
    else {
      wrong.add(key);
      problems.push(...result.issues.map(({ message }) => `${key}: ${message}`));
    }
  }
  for (const key of Object.keys(object)) {
    if (!Object.hasOwn(keys, key)) problems.push(`${nameable(key)}: ${unknown(key)}`);
  }
  return { values: values as Values, wrong, problems };
}
