import { z } from 'zod';

/** Why fields of a row are null, by field; absent where none is. Reasons are in docs/errors.md. */
export const unknownReasons = z
  .record(z.string(), z.string())
  .optional()
  .meta({ description: 'Why fields are null, by field.' });

/** `unknown` with the reasons there are; nothing where there is none. */
export function withoutNone(reasons: Readonly<Record<string, string | null>>): {
  unknown?: Record<string, string>;
} {
  const given = Object.entries(reasons).filter(
    (reason): reason is [string, string] => reason[1] !== null,
  );
  return given.length === 0 ? {} : { unknown: Object.fromEntries(given) };
}
