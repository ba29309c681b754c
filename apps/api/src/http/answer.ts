import { day } from '#libs/events';
import { z } from 'zod';

/** At which point an answer holds, as resolved: asked again with it, it is the same answer. */
export const meta = z.object({
  asOf: day.meta({ description: 'Business time: the day the answer is about.' }),
  position: z.int().min(0).meta({ description: 'Knowledge: the ledger position it rests on.' }),
  recordedAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'When that position was recorded; null for position 0.' }),
  publishedThrough: day.nullable().meta({
    description: 'Up to which day publishers had spoken at that position; null before the first.',
  }),
  projectionVersion: z.int().meta({ description: 'The version of the rules it was figured by.' }),
  settled: z.boolean().meta({
    description: 'Whether the ledger has passed the point asked about. If not, ask again later.',
  }),
});
export type Meta = z.infer<typeof meta>;

/** Which part of the ledger an answer from it reflects; it has no business time. */
export const ledgerMeta = meta.pick({ position: true, recordedAt: true, publishedThrough: true });
export type LedgerMeta = z.infer<typeof ledgerMeta>;

export interface Answer<M, D> {
  readonly meta: M;
  readonly data: D;
}

export interface Page<M, D> extends Answer<M, readonly D[]> {
  /** Pass as `cursor` for the next page; null: this is the last. */
  readonly next: string | null;
}

export function answerOf<M extends z.ZodType, D extends z.ZodType>(of: M, data: D) {
  return z.object({ meta: of, data });
}

export function pageOf<M extends z.ZodType, D extends z.ZodType>(of: M, row: D) {
  return z.object({
    meta: of,
    data: z.array(row),
    next: z.string().nullable().meta({
      description: 'Pass as `cursor` for the next page; null: this is the last.',
    }),
  });
}
