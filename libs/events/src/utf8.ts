/** Compares as UTF-8 bytes would (which is by code point); negative, zero or positive. */
export function compareUtf8(a: string, b: string): number {
  const shorter = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF: they sort behind U+E000–U+FFFF. */
function byCodePoint(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** A BOM is left in the text, where JSON does not allow it (RFC 8259, 8.1). */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes; null if they are none. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** How many bytes the text is in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes; any other unit from U+0800 on, three.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/**
 * Decodes texts that recur, such as types and sources: comparing bytes with those seen before
 * takes a fifth of decoding them, and the same string is found faster in a map than its equal.
 * What is remembered is bounded in number and length.
 */
export class RecurringTexts {
  static readonly #PLACES = 256;
  static readonly #BYTES_MAX = 128;
  readonly #seen: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] =
    new Array<undefined>(RecurringTexts.#PLACES).fill(undefined);

  /** As decodeUtf8. */
  decode(bytes: Uint8Array): string | null {
    if (bytes.length === 0 || bytes.length > RecurringTexts.#BYTES_MAX) return decodeUtf8(bytes);
    const place = placeOf(bytes) % RecurringTexts.#PLACES;
    const seen = this.#seen[place];
    if (seen !== undefined && areEqual(seen.bytes, bytes)) return seen.text;
    const text = decodeUtf8(bytes);
    if (text !== null) this.#seen[place] = { bytes: Uint8Array.from(bytes), text };
    return text;
  }
}

/** Four bytes and the length tell a deal from a round; what they do not tell apart takes turns. */
function placeOf(bytes: Uint8Array): number {
  const { length } = bytes;
  const at = (index: number): number => bytes[index] ?? 0;
  return length * 31 + at(0) * 7 + at(1) * 5 + at(length >> 1) * 3 + at(length - 1);
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
