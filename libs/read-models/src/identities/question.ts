import { z } from 'zod';
import { partyId, position } from '../axes.ts';
import { question } from '../question.ts';

/** Which id a party is read under: always one row. */
export const identities = question({
  name: 'identities',
  parameters: z.object({ party: partyId, atPosition: position }),
  row: z.object({ party: partyId, readAs: partyId }),
  key: ['party'],
});
