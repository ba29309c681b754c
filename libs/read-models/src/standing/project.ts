import { printUnits } from '#libs/fold';
import type { Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const standingTable: StepTable = {
  name: 'standing',
  key: [
    ['company', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['register', 'units_in_issue', 'units_outstanding', 'estimated_on', 'estimated_ordinal'],
};

/** Every step of one company's totals. Pure. */
export function projectStanding({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, standing }) =>
    standing === undefined
      ? []
      : [
          step(
            standingTable,
            [company, day],
            [
              standing.register,
              printUnits(standing.unitsInIssue),
              printUnits(standing.unitsOutstanding),
              standing.estimatedSince?.day ?? null,
              standing.estimatedSince?.ordinal ?? null,
            ],
          ),
        ],
  );
}
