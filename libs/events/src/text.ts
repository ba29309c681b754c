import { z } from 'zod';

/** A string of one form; `expected` says the form to a publisher. */
export const textOf = (form: RegExp, expected: string): z.ZodString =>
  z.string({ error: expected }).regex(form, { error: expected });

/** Any text at all: names, labels, reasons are as the publisher wrote them. */
export const freeText = z.string({ error: 'text' });

/** Text that must say something. */
export const someText = z
  .string({ error: 'text that is not empty' })
  .min(1, { error: 'text that is not empty' });

/**
 * Printable: anything but control characters (U+0000–U+001F, U+007F–U+009F) and the line and
 * paragraph separators. The list is closed, so that no new version of Unicode changes an answer.
 */
export const PRINTABLE = '[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]';

/** At least one character, and none that does not print. */
export const SOME_PRINTABLE = new RegExp(`^${PRINTABLE}+$`, 'u');
const SHORT_PRINTABLE = new RegExp(`^${PRINTABLE}{1,200}$`, 'u');

export const IDENTIFIER = 'an id of 1 to 200 printable characters';

/** An id in the envelope or in the data: 1–200 printable characters, counted as code points. */
export const identifier = textOf(SHORT_PRINTABLE, IDENTIFIER);

/** Lone surrogates are for the caller to refuse. */
export const isIdentifier = (text: string): boolean => SHORT_PRINTABLE.test(text);

/** A short name used as a key, such as a sector or a country. */
export const shortName = textOf(SHORT_PRINTABLE, '1 to 200 printable characters');

/** One of a closed list of words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(
  ...words: Words
): z.ZodEnum<{ [Word in Words[number]]: Word }> =>
  z.enum(words, { error: `one of ${words.join(', ')}` });

/** A list, which may as well be absent: empty and absent say the same. */
export const listOf = <Item extends z.ZodType>(
  item: Item,
  items: string,
): z.ZodExactOptional<z.ZodArray<Item>> =>
  z.array(item, { error: `a list of ${items}` }).exactOptional();
