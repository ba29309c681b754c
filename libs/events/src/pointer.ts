/** A pointer that would be longer names an ancestor instead: keys may be a MiB long. */
export const POINTER_LENGTH_MAX = 1_000;

export type Path = readonly (string | number)[];

/** PostgreSQL's text and jsonb hold neither, and a lone surrogate has no UTF-8 (RFC 3629). */
const BAD_TEXT = /[\u0000\p{Surrogate}]/u;

/** U+0000 or a lone surrogate is in it. */
export const isBadText = (text: string): boolean => BAD_TEXT.test(text);

/**
 * The RFC 6901 pointer of a path, or of its nearest ancestor that can be told in good text of
 * a bounded length.
 */
export function pointerTo(path: Path): string {
  let pointer = '';
  for (const part of path) {
    const token = typeof part === 'number' ? `${part}` : part;
    if (pointer.length + token.length >= POINTER_LENGTH_MAX || isBadText(token)) break;
    const longer = `${pointer}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (longer.length > POINTER_LENGTH_MAX) break;
    pointer = longer;
  }
  return pointer;
}
