import { z } from 'zod';
import { Problem } from './problem.ts';

const expectedLimit = 'a whole number from 1 to 1000';

/** How much of a list to send at once. */
export const pageParameters = {
  limit: z
    .string({ error: expectedLimit })
    .regex(/^([1-9]\d{0,2}|1000)$/, expectedLimit)
    .default('50')
    .transform(Number)
    .meta({ description: 'Rows of a page, 1 to 1000.' }),
  cursor: z
    .string({ error: 'the `next` of a page' })
    .regex(/^[A-Za-z0-9_-]{1,500}$/, 'the `next` of a page')
    .optional()
    .meta({ description: 'The `next` of the page before: same point of knowledge, same filters.' }),
};

/** Opaque to callers: what the next page starts from. */
export function writeCursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** @throws Problem where the text is no cursor of this list. */
export function readCursor<T>(cursor: string, content: z.ZodType<T>): T {
  const parsed = content.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  const fault = { code: 'invalid-parameter', in: 'query', pointer: '/cursor' } as const;
  throw new Problem('invalid-parameter', 'Wrong: cursor.', {
    faults: [{ ...fault, expected: 'the `next` of a page of this list' }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
