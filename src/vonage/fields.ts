/**
 * Reads the fields of webhooks leniently: the carrier passes on whatever a number supplier sent, omits fields, and sends null. A
 * field of the wrong type counts as missing; a webhook is never refused for one. Pure.
 */
const MAX_TEXT_LENGTH = 512;
const MAX_ID_LENGTH = 255;

/** Trimmed text, or a number as text; null if it is missing, empty, longer than `most` or of another type. */
export function text(value: unknown, most = MAX_TEXT_LENGTH): string | null {
  const given = typeof value === "number" ? String(value) : value;
  if (typeof given !== "string") return null;
  const trimmed = given.trim();
  return trimmed === "" || trimmed.length > most ? null : trimmed;
}

/** An id of the carrier. Ids are opaque and compared exactly, so it is not trimmed. */
export function id(value: unknown): string | null {
  if (typeof value !== "string" || value === "" || value.length > MAX_ID_LENGTH) return null;
  // SQLite cannot store a lone surrogate: it would be read back as another id.
  return value.toWellFormed();
}
