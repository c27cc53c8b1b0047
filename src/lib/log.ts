import { maskNumbers, withoutAddresses } from "./masking/mask.ts";

/** The fields of one log line. Never put bodies, tokens or secrets in them, and callers only through `mask`. */
export type LogFields = Record<string, string | number | boolean | null | readonly string[]>;

/**
 * Writes one line of JSON. A string rather than an object, because the local runtime prints objects in a notation of its own;
 * Workers Logs indexes the fields of both.
 */
export function log(message: string, fields: LogFields): void {
  // oxlint-disable-next-line no-console -- the one place that writes to the console
  console.log(JSON.stringify({ message, ...shown(fields) }));
}

/** SIP and mail addresses are removed from every value, whoever wrote it. */
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

/** The name and message of a caught error, with numbers masked: anybody may have written the message. Never the stack, which can
 * contain values. */
export function reasonOf(error: unknown): string {
  return maskNumbers(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
