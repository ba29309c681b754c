import { z } from 'zod';

/** Native money: `{"USD": "1000000000"}`, one sum a currency. */
export const amounts = z.record(z.string(), z.string()).meta({ example: { USD: '1000000000' } });

export function amountOf(
  currency: string | null,
  amount: string | null,
): Record<string, string> | null {
  return currency === null || amount === null ? null : { [currency]: amount };
}
