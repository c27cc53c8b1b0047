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
  const messages = new Map<string, string[]>();
  const strange: string[] = [];
  for (const key of Object.keys(object)) {
    const schema = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (schema === undefined) {
      strange.push(`${nameable(key)}: ${unknown(key)}`);
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
  return { values: values as Values, wrong, problems: problems.concat(strange) };
}
