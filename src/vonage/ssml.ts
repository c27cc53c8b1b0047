/** Checks the SSML (Speech Synthesis Markup Language) of a `talk`: one well-formed `speak` element, without XML declarations. Pure. */

const NAME = "[A-Za-z_][\\w.:-]*";
const REFERENCE = "&(?:amp|lt|gt|quot|apos|#\\d+|#x[\\dA-Fa-f]+);";
const VALUE = `"(?:[^"<&]|${REFERENCE})*"|'(?:[^'<&]|${REFERENCE})*'`;
const ATTRIBUTE = `\\s+(${NAME})\\s*=\\s*(?:${VALUE})`;
/** The next token: text, a reference, a comment, an end tag or a start tag. */
const NEXT = new RegExp(
  `[^<&]+|${REFERENCE}|<!--(?:[^-]|-(?!-))*-->|</(${NAME})\\s*>|<(${NAME})((?:${ATTRIBUTE})*)\\s*(/?)>`,
  "y",
);

/** Whether a text is meant as SSML. */
export function isMarkedUp(text: string): boolean {
  return /^\s*<speak\b/.test(text);
}

/** Whether a text is meant as SSML but not well-formed. */
export function isBroken(text: string): boolean {
  return isMarkedUp(text) && !isWellFormed(text.trim());
}

/** The words of broken SSML, without its tags; any other text as it is. */
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
    // Nothing may follow the root element.
    if (found === null || (at > 0 && open.length === 0)) return false;
    const [, closed, opened, attributes = "", , empty] = found;
    if (closed !== undefined && open.pop() !== closed) return false;
    if (opened !== undefined && hasDuplicates(attributes)) return false;
    if (opened !== undefined && empty !== "/") open.push(opened);
  }
  return open.length === 0;
}

/** Whether an element has the same attribute twice. */
function hasDuplicates(attributes: string): boolean {
  const names = Array.from(attributes.matchAll(new RegExp(ATTRIBUTE, "g")), ([, name]) => name);
  return new Set(names).size < names.length;
}
