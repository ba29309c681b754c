/**
 * The texts of a JSON array's elements, exactly as written, so that each can be recorded byte for
 * byte. Reading and writing them again would change numbers such as 1.0 or 12345678901234567890.
 *
 * @param json text that JSON.parse has read as an array
 */
export function splitArray(json: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = json.indexOf('[') + 1;
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === '"') at = endOfString(json, at);
    depth += depths[character] ?? 0;
    const isEnd = (character === ',' && depth === 1) || (character === ']' && depth === 0);
    if (!isEnd) continue;
    elements.push(json.slice(start, at).trim());
    start = at + 1;
  }
  const isEmpty = elements.length === 1 && elements[0] === '';
  return isEmpty ? [] : elements;
}

const depths: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

/** The place of the quote that ends the string that begins at `quote`. */
function endOfString(json: string, quote: number): number {
  let at = quote + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
