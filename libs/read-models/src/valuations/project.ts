import type { Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const valuationTable: StepTable = {
  name: 'valuation',
  key: [
    ['company', 'text'],
    ['effective_from', 'date'],
    ['kind', 'text'],
    ['ref', 'text'],
  ],
  values: ['amount', 'currency', 'estimated', 'ordinal', 'entries'],
};

/** The valuations series of one company. Pure. */
export function projectValuations({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, valuations }) =>
    valuations.map(({ kind, ref, amount, currency, estimated, ordinal, entries }) =>
      step(
        valuationTable,
        [company, day, kind, ref],
        [amount, currency, estimated, ordinal, entries],
      ),
    ),
  );
}
