import { z } from 'zod';
import { amounts, axes, day, partyId } from '../axes.ts';
import { question } from '../question.ts';

/** Every company that something is known of. */
export const companies = question({
  name: 'companies',
  parameters: z.object(axes),
  row: z.object({
    company: partyId,
    name: z.string().nullable(),
    aliases: z.array(z.string()),
    roles: z.array(z.enum(['company', 'giant', 'fund', 'person'])),
    foundedOn: z.string().nullable(),
    country: z.string().nullable(),
    sectors: z.array(z.string()),
    register: z.enum(['notional', 'recorded']).nullable(),
    postMoney: amounts.nullable(),
    postMoneyOn: day.nullable(),
  }),
  key: ['company'],
});
