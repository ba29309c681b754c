import { z } from 'zod';
import { axes, entries, figure, partyId, position } from '../axes.ts';
import { question } from '../question.ts';

/** Who owns what of a company: one line a holder and stock class. */
export const capTable = question({
  name: 'cap_table',
  parameters: z.object({ company: partyId, ...axes }),
  row: z.object({
    holder: z.string(),
    stockClass: z.string().nullable(),
    units: figure.nullable(),
    ownership: figure.nullable(),
    ownershipFullyDiluted: figure.nullable(),
    ownershipAtMost: figure.nullable(),
    basis: z.enum(['recorded', 'disclosed', 'implied', 'undisclosed']),
    source: z.enum(['filing', 'official', 'reported', 'rumoured']).nullable(),
    estimated: z.boolean(),
    comparisons: z.array(
      z.object({
        than: partyId,
        relation: z.enum(['more', 'less', 'equal']),
        entry: position,
      }),
    ),
    entries,
  }),
  key: ['holder', 'stockClass'],
});
