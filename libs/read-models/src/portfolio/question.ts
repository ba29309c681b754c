import { z } from 'zod';
import { amounts, axes, day, entries, figure, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** What an investor has in each company; what it sold stays, what it only claims has no figure. */
export const portfolio = question({
  name: 'portfolio',
  parameters: z.object({ investor: partyId, ...axes }),
  row: z.object({
    holder: partyId,
    company: partyId,
    ownership: figure.nullable(),
    ownershipAtMost: figure.nullable(),
    basis: z.enum(['recorded', 'disclosed', 'implied', 'undisclosed']).nullable(),
    estimated: z.boolean(),
    costKnown: amounts,
    costUnknown: z.int(),
    value: amounts.nullable(),
    multiple: figure.nullable(),
    consideration: z.array(
      z.object({
        form: z.enum(['cash', 'compute-credits', 'stock', 'other', 'unknown']),
        currency: z.string().nullable(),
        amount: figure.nullable(),
        qualifier: z.enum(['exact', 'about', 'over', 'under']),
      }),
    ),
    claims: z.array(
      z.object({
        roundId: z.string(),
        tranche: z.int(),
        currency: z.string().nullable(),
        amount: figure.nullable(),
      }),
    ),
    firstInvestment: day.nullable(),
    lastInvestment: day.nullable(),
    entries,
  }),
  key: ['company'],
});
