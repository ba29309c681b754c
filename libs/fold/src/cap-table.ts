import { compareUtf8, type PartyId } from '#libs/events';
import { isOutstanding } from './company.ts';
import { isPositive, ofUnits, over, printAt, printUnits } from './exact.ts';
import { isEstimated, lineStatesOf, showsUnits, standingOf, type LineState } from './line-state.ts';
import { byClaim, byFinding } from './order.ts';
import type {
  Basis,
  ClaimStep,
  ComparisonStep,
  Day,
  Finding,
  FindingKind,
  Position,
  Standing,
  Strength,
  Timeline,
  Units,
} from './timeline.ts';

/** Who owns what of a company as of a day. Figures are text; null is unknown. */
export interface CapTable {
  readonly company: PartyId;
  readonly register: Standing['register'];
  /** Share register only. */
  readonly totalOutstanding: string | null;
  readonly totalFullyDiluted: string | null;
  /** By holder, then class, in UTF-8 bytes; no class first. */
  readonly lines: readonly CapTableLine[];
  readonly claims: readonly {
    readonly holder: PartyId;
    readonly roundId: string;
    readonly tranche: number;
    readonly amount: { readonly [currency: string]: string } | null;
  }[];
  readonly findings: readonly {
    readonly kind: FindingKind;
    readonly entries: readonly Position[];
  }[];
}

/** One holder's line in one stock class. */
export interface CapTableLine {
  readonly holder: PartyId;
  readonly stockClass: string | null;
  /** Share register only. */
  readonly units: string | null;
  /** Of the outstanding units, 6 decimals; with an unknown stake a lower bound. */
  readonly ownership: string | null;
  /** Of all units in issue, 6 decimals. */
  readonly ownershipFullyDiluted: string | null;
  /** The most that the recorded purchases can be, 6 decimals. */
  readonly ownershipAtMost: string | null;
  readonly basis: Basis;
  readonly source: Strength | null;
  readonly estimated: boolean;
  readonly comparisons: readonly {
    readonly than: PartyId;
    readonly relation: ComparisonStep['relation'];
    readonly entry: Position;
  }[];
  readonly entries: readonly Position[];
  /** Why each null is null (docs/rules.md#unknown). */
  readonly unknown: { readonly [field in FigureField]?: UnknownReason };
}

type FigureField = 'units' | 'ownership' | 'ownershipFullyDiluted' | 'ownershipAtMost';

export type UnknownReason =
  /** The company has no share register. */
  | 'no-share-register'
  /** A purchase or change without a usable figure, and nothing known beside it. */
  | 'unknown-stake'
  /** An unknown part was sold. */
  | 'sold-unknown-part'
  /** There is nothing of which it could be a part. */
  | 'nothing-outstanding'
  /** Nothing recorded bounds the unknown stake. */
  | 'no-bound'
  /** Nothing is unknown of the stake, so it needs no bound. */
  | 'known';

/**
 * The cap table of a company as of a day. Pure, and the arithmetic that `cap_table()` does in SQL.
 * Rule: docs/rules.md#l1
 */
export function capTable(timeline: Timeline, asOf: Day): CapTable {
  const standing = standingOf(timeline, asOf);
  const lines = lineStatesOf(timeline, asOf).filter(({ step }) => !step.ended);
  const comparisons = comparisonsOf(timeline, asOf);
  const isRegister = standing?.register === 'recorded';
  return {
    company: timeline.company,
    register: standing?.register ?? 'notional',
    totalOutstanding: isRegister ? printUnits(standing.unitsOutstanding) : null,
    totalFullyDiluted: isRegister ? printUnits(standing.unitsInIssue) : null,
    lines: standing === null ? [] : lines.map((line) => tableLine(line, standing, comparisons)),
    claims: claimsOf(timeline, asOf),
    findings: findingsOf(timeline, asOf),
  };
}

function tableLine(
  { step, entries, source }: LineState,
  standing: Standing,
  comparisons: ReadonlyMap<PartyId, CapTableLine['comparisons']>,
): CapTableLine {
  const figures = figuresOf(step, standing);
  return {
    holder: step.holder,
    stockClass: step.stockClass,
    ...figures,
    basis: step.basis,
    source,
    estimated: isEstimated(step, standing),
    comparisons: comparisons.get(step.holder) ?? [],
    entries,
    unknown: reasonsOf(step, standing, figures),
  };
}

type Figures = Pick<CapTableLine, FigureField>;

function figuresOf(step: LineState['step'], standing: Standing): Figures {
  const { unitsOutstanding, unitsInIssue, register } = standing;
  const units = showsUnits(step) ? step.units : null;
  const outstanding = isOutstanding(step.stockClass) || units === null ? units : 0n;
  return {
    units: units !== null && register === 'recorded' ? printUnits(units) : null,
    ownership: share(outstanding, unitsOutstanding),
    ownershipFullyDiluted: share(units, unitsInIssue),
    ownershipAtMost: share(step.unitsAtMost, unitsOutstanding),
  };
}

/** A part of a whole to 6 decimals, half-even; null of nothing. */
function share(units: Units | null, whole: Units): string | null {
  if (units === null || !isPositive(ofUnits(whole))) return null;
  return printAt(over(ofUnits(units), ofUnits(whole)), 6);
}

function reasonsOf(
  step: LineState['step'],
  standing: Standing,
  figures: Figures,
): CapTableLine['unknown'] {
  const known = showsUnits(step);
  const hidden: UnknownReason = step.unitsKnown ? 'unknown-stake' : 'sold-unknown-part';
  const reasons: Partial<Record<FigureField, UnknownReason>> = {};
  if (figures.units === null) {
    reasons.units = standing.register === 'notional' ? 'no-share-register' : hidden;
  }
  if (figures.ownership === null) reasons.ownership = known ? 'nothing-outstanding' : hidden;
  if (figures.ownershipFullyDiluted === null) {
    reasons.ownershipFullyDiluted = known ? 'nothing-outstanding' : hidden;
  }
  if (figures.ownershipAtMost === null) reasons.ownershipAtMost = boundReason(step);
  return reasons;
}

function boundReason({ unknownStake, unitsAtMost }: LineState['step']): UnknownReason {
  if (!unknownStake) return 'known';
  return unitsAtMost === null ? 'no-bound' : 'nothing-outstanding';
}

/** Comparisons in force, told from both sides (docs/rules.md#s4). */
function comparisonsOf(
  timeline: Timeline,
  asOf: Day,
): ReadonlyMap<PartyId, CapTableLine['comparisons']> {
  const inForce = new Map<string, ComparisonStep>();
  for (const { day, comparisons } of timeline.days) {
    if (day > asOf) break;
    for (const comparison of comparisons) {
      inForce.set(`${comparison.holder}\n${comparison.than}`, comparison);
    }
  }
  const shown = new Map<PartyId, CapTableLine['comparisons'][number][]>();
  const show = (holder: PartyId, comparison: CapTableLine['comparisons'][number]): void => {
    shown.set(holder, [...(shown.get(holder) ?? []), comparison]);
  };
  for (const { holder, than, relation, entry } of inForce.values()) {
    show(holder, { than, relation, entry });
    show(than, { than: holder, relation: MIRRORED[relation], entry });
  }
  for (const of of shown.values()) of.sort((a, b) => compareUtf8(a.than, b.than));
  return shown;
}

const MIRRORED = { more: 'less', less: 'more', equal: 'equal' } as const;

function claimsOf(timeline: Timeline, asOf: Day): CapTable['claims'] {
  const open = new Map<string, ClaimStep>();
  for (const { day, claims } of timeline.days) {
    if (day > asOf) break;
    for (const claim of claims) {
      const { holder, roundId, tranche, currency } = claim;
      open.set(JSON.stringify([holder, roundId, tranche, currency]), claim);
    }
  }
  return [...open.values()]
    .filter(({ ended }) => !ended)
    .sort(byClaim)
    .map(({ holder, roundId, tranche, currency, amount }) => ({
      holder,
      roundId,
      tranche,
      amount: currency === null || amount === null ? null : { [currency]: amount },
    }));
}

function findingsOf(timeline: Timeline, asOf: Day): CapTable['findings'] {
  const shown = new Map<string, Finding>();
  for (const { day, findings } of timeline.days) {
    if (day > asOf) break;
    for (const finding of findings) {
      shown.set(`${finding.kind} ${finding.entries.join(' ')}`, finding);
    }
  }
  return [...shown.values()]
    .filter(({ ended }) => !ended)
    .sort(byFinding)
    .map(({ kind, entries }) => ({ kind, entries }));
}
