/** The text of a line, as somebody edits it: a conference's name alone, or JSON. Pure. */

/** Whether it is, or may become, a name and not JSON. */
export function isName(text: string): boolean {
  return !/^\s*[{["]/.test(text);
}

/** The same line as JSON, to be given more options. What is JSON already stays as it was written. */
export function asJson(text: string): string {
  if (!isName(text)) return text;
  return `{\n  "conference": ${JSON.stringify(text.trim())}\n}`;
}

/** The same line as a name; null where it says more than one. */
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
