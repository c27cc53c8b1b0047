import { maskNumbers, withoutAddresses } from "./masking/mask.ts";

/** What one log line may hold. Bodies, tokens and secrets never; callers only through `mask`. */
export type LogFields = Record<string, string | number | boolean | null | readonly string[]>;

/**
 * Writes one JSON line. A string rather than an object, because the local runtime prints objects in its own
 * notation; Workers Logs indexes the fields of either.
 */
export function log(message: string, fields: LogFields): void {
  // oxlint-disable-next-line no-console -- the one place that writes to the console
  console.log(JSON.stringify({ message, ...shown(fields) }));
}

/** No line has an address in it, wherever its words came from. */
function shown(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === "string" ? withoutAddresses(value) : listed(value),
    ]),
  );
}

function listed(value: Exclude<LogFields[string], string>): LogFields[string] {
  return typeof value === "object" && value !== null ? value.map(withoutAddresses) : value;
}

/** The words of a caught error, of which nobody knows whose they are. Nothing else is logged: a stack can carry values. */
export function reasonOf(error: unknown): string {
  return maskNumbers(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
