import { z } from 'zod';
import { axes, day, entries, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** What there is to look at in a company's record. */
export const findings = question({
  name: 'findings',
  parameters: z.object({ company: partyId, ...axes }),
  row: z.object({ kind: z.string(), entries, since: day }),
  key: ['kind', 'entries'],
});
