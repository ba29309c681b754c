import { z } from 'zod';
import { axes, day, figure, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** A company's totals; its id as read. No row: nothing is known of it by then. */
export const standing = question({
  name: 'standing',
  parameters: z.object({ company: partyId, ...axes }),
  row: z.object({
    company: partyId,
    register: z.enum(['notional', 'recorded']),
    totalOutstanding: figure.nullable(),
    totalFullyDiluted: figure.nullable(),
    since: day,
  }),
  key: ['company'],
});
