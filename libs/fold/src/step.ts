import { compareUtf8 } from '#libs/events';
import type { Change, Grounds } from './change.ts';
import { comparisonSteps } from './comparison.ts';
import {
  isEnded,
  isOutstanding,
  isUnknown,
  lineOf,
  UNDISCLOSED,
  type Company,
  type Line,
  type LineKey,
} from './company.ts';
import { ascending, byClaim, byFinding, compareClasses } from './order.ts';
import { undisclosedGives } from './register.ts';
import type { LineStep, Position, Standing, Strength, TimelineDay, Units } from './timeline.ts';
import { boundOf } from './unknown.ts';

/**
 * What a day changed, once all its facts are folded; the company is then `change.company`. Null:
 * nothing that a timeline says.
 */
export function stepOf(change: Change): TimelineDay | null {
  touchWhatMovesWithUndisclosed(change);
  const { comparisons, findings } = comparisonSteps(change);
  const standing = standingOf(change.company);
  const isFirst = change.before.moment === null && change.company.moment !== null;
  const isRestated = isFirst || !isSame(standing, standingOf(change.before));
  const step: TimelineDay = {
    day: change.day,
    ...(isRestated && { standing }),
    lines: lineSteps(change),
    claims: [...change.claims.values()].sort(byClaim),
    comparisons,
    findings: [...change.findings.values(), ...findings].sort(byFinding),
    valuations: change.valuations,
    purchases: change.purchases,
  };
  return isEmpty(step) ? null : step;
}

/** Bounds that count `undisclosed` in move with it; before its first fact a company has no lines. */
function touchWhatMovesWithUndisclosed(change: Change): void {
  const { before, company } = change;
  if (before.moment === null && company.moment !== null) {
    const key = { holder: UNDISCLOSED, stockClass: null };
    if (lineOf(company, key) !== undefined) change.touch(key);
  }
  const lines = company.holders.get(UNDISCLOSED)?.lines;
  if (lines === before.holders.get(UNDISCLOSED)?.lines) return;
  for (const key of company.openLines.values()) change.touch(key);
}

function standingOf(company: Company): Standing {
  const { register, unitsInIssue, unitsOutstanding, estimatedSince } = company;
  return { register, unitsInIssue, unitsOutstanding, estimatedSince };
}

function isSame(a: Standing, b: Standing): boolean {
  return (
    a.register === b.register &&
    a.unitsInIssue === b.unitsInIssue &&
    a.unitsOutstanding === b.unitsOutstanding &&
    a.estimatedSince === b.estimatedSince
  );
}

function lineSteps(change: Change): LineStep[] {
  const steps: LineStep[] = [];
  for (const { key, entries } of change.touched.values()) {
    const after = shown(change.company, key);
    const before = shown(change.before, key);
    if (entries.size === 0 && isSameLine(before, after)) continue;
    steps.push({ ...key, ...after, ...behind(change.grounds, entries) });
  }
  return steps.sort(
    (a, b) => compareUtf8(a.holder, b.holder) || compareClasses(a.stockClass, b.stockClass),
  );
}

type Shown = Omit<LineStep, 'holder' | 'stockClass' | 'entries' | 'source'>;

/** What a company says of a line; of none, that it ended. */
function shown(company: Company, key: LineKey): Shown {
  const line = company.moment === null ? undefined : lineOf(company, key);
  if (line === undefined) return { ...NO_LINE, disclosed: company.opened };
  const isOpen = isUnknown(line.unknown);
  return {
    ended: isEnded(line),
    units: line.units,
    unitsKnown: !line.unknown.sold,
    unknownStake: isOpen,
    unitsAtMost: isOutstanding(key.stockClass) ? unitsAtMost(company, key, line) : null,
    basis: isOpen ? 'undisclosed' : line.basis,
    estimated: line.estimated,
    disclosed: line.disclosed,
  };
}

const NO_LINE = {
  ended: true,
  units: 0n,
  unitsKnown: true,
  unknownStake: false,
  unitsAtMost: null,
  basis: 'undisclosed',
  estimated: false,
} as const;

function unitsAtMost(company: Company, { stockClass }: LineKey, line: Line): Units | null {
  const units = (company.holders.get(UNDISCLOSED)?.lines ?? [])
    .filter(([name, { units }]) => units > 0n && undisclosedGives(stockClass, name))
    .reduce((total, [, { units }]) => total + units, 0n);
  return boundOf(line, { units, isRegister: company.register === 'recorded' });
}

function isSameLine(a: Shown, b: Shown): boolean {
  return (
    a.ended === b.ended &&
    a.units === b.units &&
    a.unitsKnown === b.unitsKnown &&
    a.unknownStake === b.unknownStake &&
    a.unitsAtMost === b.unitsAtMost &&
    a.basis === b.basis &&
    a.estimated === b.estimated &&
    a.disclosed === b.disclosed
  );
}

/** The entries behind a step, and the weakest source among them (docs/rules.md#l4). */
function behind(
  { provenance }: Grounds,
  entries: ReadonlySet<Position>,
): Pick<LineStep, 'entries' | 'source'> {
  let source: Strength | null = null;
  for (const entry of entries) {
    source = weakerSource(source, provenance.get(entry)?.strength ?? 'reported');
  }
  return { entries: ascending(entries), source };
}

const STRENGTH: Readonly<Record<Strength, number>> = {
  filing: 3,
  official: 2,
  reported: 1,
  rumoured: 0,
};

/** The weaker of two sources; no entries have none (docs/rules.md#l4). */
export function weakerSource(a: Strength | null, b: Strength | null): Strength | null {
  if (a === null || b === null) return a ?? b;
  return STRENGTH[a] <= STRENGTH[b] ? a : b;
}

function isEmpty(step: TimelineDay): boolean {
  return (
    step.standing === undefined &&
    [step.lines, step.claims, step.comparisons, step.findings].every((of) => of.length === 0) &&
    [step.valuations, step.purchases].every((of) => of.length === 0)
  );
}
