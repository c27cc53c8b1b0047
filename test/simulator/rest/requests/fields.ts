/**
 * The parameters of requests. Everything is refused that is not documented, unknown names included: a client that relies
 * on leniency relies on nothing. The reasons are this simulator's own words; the platform's were not recorded, save one.
 */
import * as v from "valibot";
import type { InvalidParameter } from "../reply.ts";

export type FieldResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly parameters: readonly InvalidParameter[] };

/** Reads a JSON body by a schema. */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: string,
): FieldResult<v.InferOutput<Schema>> {
  const value = parseJson(body);
  if (value === undefined) {
    return { ok: false, parameters: [{ name: "body", reason: "must be JSON" }] };
  }
  return readFields(schema, value);
}

/** Reads values by a schema. */
export function readFields<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): FieldResult<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.output };
  const parameters = parsed.issues.map((issue) => ({
    name: parameterName(issue),
    reason: reasonOf(issue),
  }));
  return { ok: false, parameters };
}

/** The innermost name: the recorded error calls the number in `to[0].number` just `number`. */
function parameterName(issue: v.BaseIssue<unknown>): string {
  const names = (issue.path ?? []).map(({ key }) => key).filter((key) => typeof key === "string");
  return names.at(-1) ?? "body";
}

/** An object's own complaints are about names: one that it does not know, or one that it misses. */
function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object" && issue.type !== "loose_object") return issue.message;
  return issue.expected === "never" ? "is not documented" : "is required";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text that is not empty. */
export const Text = v.pipe(v.string(), v.nonEmpty("must not be empty"));

/** A whole number in bounds. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer("must be a whole number"),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );

export const Method = v.picklist(["GET", "POST"], "must be GET or POST");

/** A whole number without a documented end: a style, or how often something plays (0 means without end). */
export const Natural = whole(0, Number.MAX_SAFE_INTEGER);

/** A volume: a text here, although a number in an NCCO. From -1 to 1 in steps of 0.1. */
export const Level = v.pipe(
  v.string("must be a text"),
  v.regex(/^(-?0(\.\d)?|-?1(\.0)?)$/, "must be from -1 to 1 in steps of 0.1"),
);

/** One absolute URL in an array, which is how the carrier takes URLs. */
export const OneUrl = v.pipe(
  v.array(
    v.pipe(
      v.string(),
      v.check((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""), "must be an absolute URL"),
    ),
    "must be an array of one URL",
  ),
  v.length(1, "must be an array of one URL"),
  v.transform(([url = ""]) => url),
);

/** The actions of an NCCO. What they say is for the leg that plays them to judge, as it is for one that is fetched. */
export const Ncco = v.pipe(
  v.array(v.looseObject({ action: Text })),
  v.nonEmpty("must have an action"),
  v.transform((actions): unknown[] => actions),
);
