/** What one log line may hold. Bodies, tokens and secrets never; callers only through `mask`. */
export type LogFields = Record<string, string | number | boolean | null | readonly string[]>;

/**
 * Writes one JSON line. A string rather than an object, because the local runtime prints objects in its own
 * notation; Workers Logs indexes the fields of either.
 */
export function log(message: string, fields: LogFields): void {
  // oxlint-disable-next-line no-console -- the one place that writes to the console
  console.log(JSON.stringify({ message, ...fields }));
}

/** The words of a caught error. Nothing else of it is logged: a stack can carry values. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
