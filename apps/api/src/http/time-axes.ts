import { day } from '#libs/events';
import { z } from 'zod';
import { alone } from './parameters.ts';

/** A point of the knowledge axis as a caller names it; resolved to a position by the ledger. */
export type KnowledgePoint =
  | { readonly by: 'position'; readonly position: number }
  | { readonly by: 'time'; readonly time: string }
  | { readonly by: 'publication'; readonly day: string }
  | { readonly by: 'default' };

const expectedPosition = 'a ledger position: a whole number of at most 15 digits';
const position = z
  .string({ error: expectedPosition })
  .regex(/^\d{1,15}$/, expectedPosition)
  .transform(Number);

const expectedPoint = 'a ledger position, or an RFC 3339 time such as 2024-05-31T12:00:00Z';
const knownAt = z.string({ error: expectedPoint }).transform((text, context): KnowledgePoint => {
  if (/^\d{1,15}$/.test(text)) return { by: 'position', position: Number(text) };
  const time = utcTime(text);
  if (time !== null) return { by: 'time', time };
  context.addIssue({ code: 'custom', message: expectedPoint });
  return z.NEVER;
});

/** `asOf`, and one of `knownAt` and `publishedBy`; what every view takes. */
export const timeAxes = {
  asOf: day.optional().meta({
    description: 'Business time: the day the answer is about, YYYY-MM-DD. Today (UTC) unless told.',
    example: '2024-02-20',
  }),
  knownAt: knownAt.optional().meta({
    description:
      'Knowledge: as recorded up to this ledger position, or to this RFC 3339 time. ' +
      'All that is projected unless told.',
    example: '2024-05-31T12:00:00Z',
  }),
  publishedBy: day.optional().meta({
    description:
      'Knowledge: as published up to the end of this day (UTC), for history that was loaded ' +
      'later than it was said. Not beside knownAt.',
    example: '2024-05-31',
  }),
  minPosition: position.optional().meta({
    description: 'Read your writes: wait a moment until this position is projected, else 503.',
    example: '1',
  }),
};

export interface TimeAxes {
  readonly asOf?: string | undefined;
  readonly knownAt?: KnowledgePoint | undefined;
  readonly publishedBy?: string | undefined;
  readonly minPosition?: number | undefined;
}

/** The query of a view: its own parameters and both time axes; any other parameter is a fault. */
export function viewQuery<S extends z.ZodRawShape>(own: S) {
  return z
    .strictObject({ ...own, ...timeAxes })
    .check(alone('knownAt', ['publishedBy'], 'either knownAt or publishedBy, not both'));
}

/** The query of a list: as a view's, with a cursor that holds the point by itself. */
export function listQuery<S extends z.ZodRawShape>(own: S) {
  return viewQuery(own).check(
    alone('cursor', Object.keys(timeAxes), 'the cursor holds the point of knowledge'),
  );
}

export function knowledgePoint({ knownAt: point, publishedBy }: TimeAxes): KnowledgePoint {
  if (publishedBy !== undefined) return { by: 'publication', day: publishedBy };
  return point ?? { by: 'default' };
}

/** Today by the only clock a question may read: the day in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const timeForm =
  /^(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.(\d{1,18}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * An RFC 3339 time in UTC to the microsecond, as PostgreSQL reads it; null for anything else.
 * Finer digits are cut: nothing recorded later than the time asked about may show.
 */
function utcTime(text: string): string | null {
  const [, seconds, fraction = '', offset] = timeForm.exec(text) ?? [];
  if (seconds === undefined || offset === undefined) return null;
  if (!z.iso.datetime({ offset: true }).safeParse(`${seconds}${offset}`.toUpperCase()).success) {
    return null;
  }
  const utc = new Date(`${seconds}${offset}`.toUpperCase()).toISOString();
  // Years outside 0001–9999 have another form, and no ledger.
  if (!/^(?!0000)\d{4}-/.test(utc)) return null;
  return `${utc.slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}
