import { z } from 'zod';
import { axes, entries, figure, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** Convertible claims on a company that no conversion has named. */
export const claims = question({
  name: 'claims',
  parameters: z.object({ company: partyId, ...axes }),
  row: z.object({
    holder: partyId,
    roundId: z.string(),
    tranche: z.int(),
    currency: z.string().nullable(),
    amount: figure.nullable(),
    entries,
  }),
  key: ['holder', 'roundId', 'tranche', 'currency'],
});
