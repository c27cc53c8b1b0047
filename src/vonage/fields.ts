/**
 * The fields of webhooks, read leniently: the carrier passes on what a number supplier gave it, leaves fields out,
 * and sends null. A field of the wrong type counts as missing; a webhook is never refused for one.
 */
const MAX_TEXT_LENGTH = 512;
const MAX_ID_LENGTH = 255;

/** Trimmed text, or a number as text; null where it is missing, empty, overlong or something else. */
export function text(value: unknown, most = MAX_TEXT_LENGTH): string | null {
  const given = typeof value === "number" ? String(value) : value;
  if (typeof given !== "string") return null;
  const trimmed = given.trim();
  return trimmed === "" || trimmed.length > most ? null : trimmed;
}

/** An id of the carrier's: opaque, compared exactly, so it is not trimmed. */
export function id(value: unknown): string | null {
  if (typeof value !== "string" || value === "" || value.length > MAX_ID_LENGTH) return null;
  // Half a surrogate pair cannot be stored: it would come back as another id than it was.
  return value.toWellFormed();
}
