/** Whether a text in `<speak>` is XML: every tag closed in its turn, and no `&` by itself. Any other text is fine. */
export function isSpeakable(text: string): boolean {
  if (!text.startsWith("<speak")) return true;
  const open: string[] = [];
  let roots = 0;
  for (const [tag, slash, name = "", rest = ""] of text.matchAll(/<(\/?)([\w:-]+)([^<>]*)>/g)) {
    if (slash === "/") {
      if (open.pop() !== name) return false;
      continue;
    }
    if (!/^(\s+[\w:-]+\s*=\s*("[^"]*"|'[^']*'))*\s*\/?$/.test(rest)) return false;
    if (open.length === 0) roots += 1;
    if (!tag.endsWith("/>")) open.push(name);
  }
  const words = text.replaceAll(/<\/?[\w:-]+[^<>]*>/g, "");
  const isBare = /<|&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(words);
  return open.length === 0 && roots === 1 && !isBare;
}
