/** The text of a line: a conference's name alone, or JSON. Pure. */

/** Whether the text is a name, or the beginning of one, and not JSON. */
export function isName(text: string): boolean {
  return !/^\s*[{["]/.test(text);
}

/** The same line as JSON, so that options can be added. JSON is returned as it is. */
export function asJson(text: string): string {
  if (!isName(text)) return text;
  return `{\n  "conference": ${JSON.stringify(text.trim())}\n}`;
}

/** The same line as a name alone; null where it has options. */
export function asName(text: string): string | null {
  if (isName(text)) return text;
  try {
    const line = JSON.parse(text) as unknown;
    if (typeof line !== "object" || line === null || Object.keys(line).length !== 1) return null;
    const { conference } = line as { conference?: unknown };
    return typeof conference === "string" && isName(conference) ? conference : null;
  } catch {
    return null;
  }
}
