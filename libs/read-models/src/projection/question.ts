import { z } from 'zod';
import { partyId, position } from '../axes.ts';
import { question } from '../question.ts';

/** Companies that cannot be answered for at a position: 503 `projection-failed`. */
export const failedCompanies = question({
  name: 'failed_companies',
  parameters: z.object({ atPosition: position }),
  row: z.object({ company: partyId, failedAt: position, error: z.string() }),
  key: ['company'],
});
