import { z } from 'zod';
import { currency } from './currency.ts';
import { decimal } from './decimal.ts';
import { oneOf } from './text.ts';

/** How exact a figure is: absent means exact; over = at least, under = at most. */
export const qualifier = oneOf('exact', 'about', 'over', 'under');
export type Qualifier = z.infer<typeof qualifier>;

/** An amount of one currency. */
export const money = z.object(
  { amount: decimal, currency, qualifier: qualifier.exactOptional() },
  { error: 'money {amount, currency, qualifier?}' },
);
export type Money = z.infer<typeof money>;
