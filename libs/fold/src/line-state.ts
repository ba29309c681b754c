import { compareUtf8, type PartyId } from '#libs/events';
import { isLater } from './company.ts';
import { ascending, compareClasses } from './order.ts';
import { weakerSource } from './step.ts';
import type { Day, LineStep, Position, Standing, Strength, Timeline } from './timeline.ts';

/** A line as of a day: its last step, and what all steps since it began anew rest on. */
export interface LineState {
  readonly step: LineStep;
  readonly entries: readonly Position[];
  readonly source: Strength | null;
}

/**
 * Every line there is or was as of a day, by holder and class; of one holder, where one is asked
 * for. Ended lines are among them.
 */
export function lineStatesOf(timeline: Timeline, asOf: Day, of?: PartyId): LineState[] {
  const steps = new Map<string, { day: Day; line: LineStep }[]>();
  for (const { day, lines } of timeline.days) {
    if (day > asOf) break;
    for (const line of lines) {
      if (of !== undefined && line.holder !== of) continue;
      const key = JSON.stringify([line.holder, line.stockClass]);
      const earlier = steps.get(key);
      if (earlier === undefined) steps.set(key, [{ day, line }]);
      else earlier.push({ day, line });
    }
  }
  return [...steps.values()]
    .flatMap(stateOf)
    .sort(
      ({ step: a }, { step: b }) =>
        compareUtf8(a.holder, b.holder) || compareClasses(a.stockClass, b.stockClass),
    );
}

/** The entries of a line are those of its steps since it began anew (docs/rules.md#l3). */
function stateOf(steps: readonly { readonly day: Day; readonly line: LineStep }[]): LineState[] {
  const step = steps.at(-1)?.line;
  if (step === undefined) return [];
  const since = steps.filter(({ day }) => step.disclosed === null || day >= step.disclosed.day);
  return [
    {
      step,
      entries: ascending(since.flatMap(({ line }) => line.entries)),
      source: since.reduce<Strength | null>((s, { line }) => weakerSource(s, line.source), null),
    },
  ];
}

/** A company's totals as of a day; null before its first fact. */
export function standingOf(timeline: Timeline, asOf: Day): Standing | null {
  let standing: Standing | null = null;
  for (const day of timeline.days) {
    if (day.day > asOf) break;
    standing = day.standing ?? standing;
  }
  return standing;
}

/** Fed by an estimate, or a fraction of a T that one changed since (docs/rules.md#l5). */
export function isEstimated(step: LineStep, { estimatedSince }: Standing): boolean {
  return step.estimated || (estimatedSince !== null && isLater(estimatedSince, step.disclosed));
}

/** Units, and so percentages, to show: a seller's are unknown, and so is a stake without units. */
export function showsUnits(step: LineStep): boolean {
  return step.unitsKnown && !(step.unknownStake && step.units === 0n);
}
