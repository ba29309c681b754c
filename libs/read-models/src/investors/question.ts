import { z } from 'zod';
import { axes, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** Every party that has or had something in a company, or is described as a giant or a fund. */
export const investors = question({
  name: 'investors',
  parameters: z.object(axes),
  row: z.object({
    investor: partyId,
    name: z.string().nullable(),
    aliases: z.array(z.string()),
    roles: z.array(z.enum(['company', 'giant', 'fund', 'person'])),
    country: z.string().nullable(),
    sectors: z.array(z.string()),
    companies: z.int(),
  }),
  key: ['investor'],
});
