import { compareUtf8 } from '#libs/events';
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

/** Every rate that is believed. Pure. */
export function projectRates({ facts, provenance }: Belief): Step[] {
  return [...facts.values()]
    .filter((fact) => fact.type === 'fx-rate-published')
    .sort((a, b) => compareUtf8(a.key, b.key))
    .map(({ base, quote, date, rate }) =>
      step(
        rateTable,
        [base, quote, date.earliest],
        [rate.value, provenance.get(rate.entry)?.strength ?? 'reported', [rate.entry]],
      ),
    );
}
