import { z } from 'zod';
import { axes, day, entries, figure, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** A company's post-money valuations up to a day. */
export const valuations = question({
  name: 'valuations',
  parameters: z.object({ company: partyId, ...axes }),
  row: z.object({
    on: day,
    ordinal: z.int(),
    kind: z.enum(['equity', 'secondary', 'acquisition', 'stated', 'price-per-share']),
    ref: z.string(),
    amount: figure,
    currency: z.string(),
    estimated: z.boolean(),
    entries,
  }),
  key: ['on', 'ordinal', 'kind', 'ref'],
});
