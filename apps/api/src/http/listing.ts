import { day } from '#libs/events';
import { columnName } from '#libs/read-models';
import { z } from 'zod';
import type { Meta } from './answer.ts';
import { readCursor, writeCursor } from './page.ts';
import type { TimeAxes } from './time-axes.ts';
import type { Source } from './view.ts';

/** What a page of a view starts from: pinned, so that pages never shift (docs/operate.md). */
const cursorContent = z.strictObject({
  version: z.int(),
  asOf: day,
  position: z.int().min(0),
  skip: z.int().min(1),
});

export interface PageRequest {
  readonly at: TimeAxes;
  readonly version: number | null;
  readonly skip: number;
}

/** Where a page of a view starts, from its query. */
export function startOf({
  cursor,
  ...at
}: TimeAxes & { cursor?: string | undefined }): PageRequest {
  if (cursor === undefined) return { at, version: null, skip: 0 };
  const { version, asOf, position, skip } = readCursor(cursor, cursorContent);
  return { at: { asOf, knownAt: { by: 'position', position } }, version, skip };
}

/** The rows to show of those read, which are one more than wanted if there are more. */
export function pageOfRows<R>(
  read: readonly R[],
  { limit, skip, meta }: { limit: number; skip: number; meta: Meta },
): { data: readonly R[]; next: string | null } {
  const { projectionVersion: version, asOf, position } = meta;
  const hasMore = read.length > limit;
  const next = hasMore ? writeCursor({ version, asOf, position, skip: skip + limit }) : null;
  return { data: read.slice(0, limit), next };
}

/** Reads one row more than asked for, to tell whether there are more. */
export const pageClause = ({ parameter }: Source): string =>
  `LIMIT ${parameter('limit')}::bigint + 1 OFFSET ${parameter('skip')}::bigint`;

/** A sort by one of some fields; unknown values come last in either direction, ties go by `id`. */
export function sortClause(sort: string, id: string): string {
  const isDescending = sort.startsWith('-');
  const column = `q.${columnName(isDescending ? sort.slice(1) : sort)}`;
  return `${column} IS NULL, ${column} ${isDescending ? 'DESC' : 'ASC'}, q.${columnName(id)}`;
}

/** `sort=name` or `sort=-name`. */
export function sortParameter(...fields: readonly string[]) {
  const words = fields.flatMap((field) => [field, `-${field}`]);
  return z
    .enum(words as [string, ...string[]], { error: `one of ${words.join(', ')}` })
    .optional()
    .meta({ description: 'Ascending, or descending with a minus; unknown values come last.' });
}
