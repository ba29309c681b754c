import type { Belief } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const rateTable: StepTable = {
  name: 'rate',
  key: [
    ['base', 'text'],
    ['quote', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['rate', 'source', 'entries'],
};

/** The rate that is believed of one business key: one step, or none. Pure. */
export function projectRate({ facts, provenance }: Belief, key: string): Step[] {
  const fact = facts.get(key);
  if (fact?.type !== 'fx-rate-published') return [];
  const { base, quote, date, rate } = fact;
  return [
    step(
      rateTable,
      [base, quote, date.earliest],
      [rate.value, provenance.get(rate.entry)?.strength ?? 'reported', [rate.entry]],
    ),
  ];
}
