/** Speech Synthesis Markup (SSML) as a `talk` may have it: one element `speak`, well-formed, without anything that XML declares. */

const NAME = "[A-Za-z_][\\w.:-]*";
const REFERENCE = "&(?:amp|lt|gt|quot|apos|#\\d+|#x[\\dA-Fa-f]+);";
const VALUE = `"(?:[^"<&]|${REFERENCE})*"|'(?:[^'<&]|${REFERENCE})*'`;
const ATTRIBUTE = `\\s+(${NAME})\\s*=\\s*(?:${VALUE})`;
/** What may come next: words, a reference, a comment, the end of an element, or its beginning. */
const NEXT = new RegExp(
  `[^<&]+|${REFERENCE}|<!--(?:[^-]|-(?!-))*-->|</(${NAME})\\s*>|<(${NAME})((?:${ATTRIBUTE})*)\\s*(/?)>`,
  "y",
);

/** Whether a text is meant as SSML. */
export function isMarkedUp(text: string): boolean {
  return /^\s*<speak\b/.test(text);
}

/** Whether a text that is meant as SSML is none. */
export function isBroken(text: string): boolean {
  return isMarkedUp(text) && !isWellFormed(text.trim());
}

/** What is said of a text that is meant as SSML and is none: its words. Any other text as it is. */
export function speakable(text: string): string {
  if (!isBroken(text)) return text;
  return text
    .replace(/<[^<>]*>?|>/g, "")
    .replaceAll("&amp;", "&")
    .trim();
}

function isWellFormed(text: string): boolean {
  const open: string[] = [];
  for (let at = 0; at < text.length; at = NEXT.lastIndex) {
    NEXT.lastIndex = at;
    const found = NEXT.exec(text);
    // Nothing stands beside the one element.
    if (found === null || (at > 0 && open.length === 0)) return false;
    const [, closed, opened, attributes = "", , empty] = found;
    if (closed !== undefined && open.pop() !== closed) return false;
    if (opened !== undefined && hasTwins(attributes)) return false;
    if (opened !== undefined && empty !== "/") open.push(opened);
  }
  return open.length === 0;
}

/** Whether an element has an attribute twice. */
function hasTwins(attributes: string): boolean {
  const names = Array.from(attributes.matchAll(new RegExp(ATTRIBUTE, "g")), ([, name]) => name);
  return new Set(names).size < names.length;
}
