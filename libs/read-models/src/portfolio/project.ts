import type { Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const purchaseTable: StepTable = {
  name: 'purchase',
  key: [
    ['company', 'text'],
    ['holder', 'text'],
    ['ref', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['replaces_earlier', 'ordinal', 'known', 'unknown', 'consideration', 'entries'],
};

/** What each holder of one company paid. Pure. */
export function projectPurchases({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, purchases }) =>
    purchases.map((purchase) =>
      step(
        purchaseTable,
        [company, purchase.holder, purchase.ref, day],
        [
          purchase.replacesEarlier,
          purchase.ordinal,
          JSON.stringify(
            Object.fromEntries(purchase.known.map(({ currency, amount }) => [currency, amount])),
          ),
          purchase.unknown,
          JSON.stringify(purchase.consideration),
          purchase.entries,
        ],
      ),
    ),
  );
}
