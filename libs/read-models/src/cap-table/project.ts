import type { PartyId } from '#libs/events';
import { isOutstanding, printUnits } from '#libs/fold';
import type { Day, LineStep, Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const holdingTable: StepTable = {
  name: 'holding',
  key: [
    ['company', 'text'],
    ['holder', 'text'],
    ['stock_class', 'text'],
    ['effective_from', 'date'],
  ],
  values: [
    'ended',
    'outstanding',
    'units',
    'units_known',
    'unknown_stake',
    'units_at_most',
    'basis',
    'estimated',
    'disclosed_on',
    'disclosed_ordinal',
    'source',
    'entries',
  ],
};

export const comparisonTable: StepTable = {
  name: 'comparison',
  key: [
    ['company', 'text'],
    ['holder', 'text'],
    ['than', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['relation', 'entry'],
};

/** Every step of one company's lines and of the comparisons between its holders. Pure. */
export function projectCapTable({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, lines, comparisons }) => [
    ...lines.map((line) => holdingStep(company, day, line)),
    ...comparisons.map(({ holder, than, relation, entry }) =>
      step(comparisonTable, [company, holder, than, day], [relation, entry]),
    ),
  ]);
}

function holdingStep(company: PartyId, day: Day, line: LineStep): Step {
  return step(
    holdingTable,
    [company, line.holder, line.stockClass ?? '', day],
    [
      line.ended,
      isOutstanding(line.stockClass),
      printUnits(line.units),
      line.unitsKnown,
      line.unknownStake,
      line.unitsAtMost === null ? null : printUnits(line.unitsAtMost),
      line.basis,
      line.estimated,
      line.disclosed?.day ?? null,
      line.disclosed?.ordinal ?? null,
      line.source,
      line.entries,
    ],
  );
}
