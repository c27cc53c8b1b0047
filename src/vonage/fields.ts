/**
 * The fields of webhooks, read leniently: the carrier passes on what a number supplier gave it, leaves fields out,
 * and sends null. A field of the wrong type counts as missing; a webhook is never refused for one.
 */
import * as v from "valibot";

const MAX_LENGTH = 512;

/** Trimmed text; null where the field is missing, empty or no text. */
export const text = lenient(
  v.pipe(
    v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(MAX_LENGTH),
  ),
);

/** An id of the carrier's: opaque, compared exactly, so it is not trimmed. */
export const id = lenient(v.pipe(v.string(), v.nonEmpty(), v.maxLength(255)));

export const direction = lenient(v.picklist(["inbound", "outbound"]));

/** What the schema makes of a field, or null: also where the field is not there at all. */
function lenient<T>(schema: v.GenericSchema<unknown, T>) {
  const orNull = v.pipe(
    v.unknown(),
    v.transform((value): T | null => {
      const result = v.safeParse(schema, value);
      return result.success ? result.output : null;
    }),
  );
  return v.optional(orNull, null);
}
