import type { Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const findingTable: StepTable = {
  name: 'finding',
  key: [
    ['company', 'text'],
    ['kind', 'text'],
    ['entries', 'bigint[]'],
    ['effective_from', 'date'],
  ],
  values: ['ended'],
};

/** Every finding of one company, from its day on. Pure. */
export function projectFindings({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, findings }) =>
    findings.map(({ kind, entries, ended }) =>
      step(findingTable, [company, kind, entries, day], [ended]),
    ),
  );
}
