import { z } from 'zod';
import { axes, entries, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** What is said of every party, under the id it is read under. */
export const parties = question({
  name: 'parties',
  parameters: z.object(axes),
  row: z.object({
    party: partyId,
    name: z.string().nullable(),
    aliases: z.array(z.string()),
    roles: z.array(z.enum(['company', 'giant', 'fund', 'person'])),
    foundedOn: z.string().nullable(),
    country: z.string().nullable(),
    sectors: z.array(z.string()),
    entries,
  }),
  key: ['party'],
});
