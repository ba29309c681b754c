import { compareUtf8, type PartyId } from '#libs/events';
import { holdersIn, type Scope } from './affiliates.ts';
import { readAs, type Belief } from './belief.ts';
import { isOutstanding } from './company.ts';
import { costOf, multipleOf, type Cost } from './cost.ts';
import { decimal, isPositive, ofUnits, over, printAt, times, type Rational } from './exact.ts';
import { isEstimated, lineStatesOf, showsUnits, standingOf, type LineState } from './line-state.ts';
import { ascending, byClaim } from './order.ts';
import { pledgesOf, type Pledge } from './pledges.ts';
import { weaker } from './register.ts';
import type {
  Basis,
  ClaimStep,
  Day,
  Position,
  Purchase,
  Standing,
  Timeline,
  Units,
  Valuation,
} from './timeline.ts';

/** Amounts per currency. */
export type Amounts = Readonly<Record<string, string>>;

/** What one holder has in one company. Figures are text; null is unknown. */
export interface PortfolioRow {
  /** An affiliate's holding is its own. */
  readonly holder: PartyId;
  readonly company: PartyId;
  /** Of the outstanding units, over all classes, 6 decimals. Sold out: `0.000000`. */
  readonly ownership: string | null;
  /** Only where the holder has one line there. */
  readonly ownershipAtMost: string | null;
  /** The weakest of its lines; null where it has none. */
  readonly basis: Basis | null;
  readonly estimated: boolean;
  readonly cost: Cost;
  /** Exact ownership × the last of the valuations series, 2 decimals. */
  readonly value: Amounts | null;
  /** Value / cost, 2 decimals; only if all of the cost is known and has rates. */
  readonly multiple: string | null;
  readonly consideration: Purchase['consideration'];
  readonly claims: readonly {
    readonly roundId: string;
    readonly tranche: number;
    readonly amount: Amounts | null;
  }[];
  /** Signed and not yet closed. */
  readonly pledged: readonly Pledge[];
  readonly firstInvestment: Day | null;
  readonly lastInvestment: Day | null;
  readonly entries: readonly Position[];
}

export interface PortfolioQuestion {
  readonly investor: PartyId;
  readonly asOf: Day;
  /** `own` where it is left out. */
  readonly scope?: Scope;
}

/**
 * What an investor has in each company as of a day: what it sold stays, what it only has a claim on
 * has no figure; a pledge alone is no holding. Pure, and the arithmetic that `portfolio()` does in SQL.
 * Rule: docs/rules.md#p1
 */
export function portfolio(
  timelines: Iterable<Timeline>,
  belief: Belief,
  { investor, asOf, scope = 'own' }: PortfolioQuestion,
): PortfolioRow[] {
  const asked = readAs(belief.identities, investor);
  const holders = holdersIn(belief, { investor: asked, scope, asOf });
  return [...timelines]
    .flatMap((timeline) => holders.flatMap((holder) => rowOf(timeline, belief, { holder, asOf })))
    .sort((a, b) => compareUtf8(a.holder, b.holder) || compareUtf8(a.company, b.company));
}

function rowOf(
  timeline: Timeline,
  belief: Belief,
  { holder, asOf }: { holder: PartyId; asOf: Day },
): PortfolioRow[] {
  const days = timeline.days.filter(({ day }) => day <= asOf);
  const past: Timeline = { ...timeline, days };
  const lines = lineStatesOf(past, asOf, holder);
  const claims = claimsOf(past, holder);
  const pledged = pledgesOf(belief, { company: timeline.company, holder, asOf });
  if (lines.length === 0 && claims.length === 0) return [];
  const paid = costOf(past, holder);
  const held = holdingOf(lines, standingOf(past, asOf));
  const valuation = lastValuation(past);
  const value = valueOf(held.ownership, valuation?.valuation);
  return [
    {
      holder,
      company: timeline.company,
      ...held.shown,
      cost: paid.cost,
      value: valuation && value && { [valuation.valuation.currency]: printAt(value, 2) },
      multiple: valuation && value && multipleOf(paid, belief.rates, { ...valuation, value }),
      consideration: paid.consideration,
      claims: claims.filter(({ ended }) => !ended).map(shownClaim),
      pledged,
      firstInvestment: paid.firstOn,
      lastInvestment: paid.lastOn,
      entries: entriesBehind({ lines, claims, pledged, paid: paid.entries }),
    },
  ];
}

interface Holding {
  /** Exact; null: unknown, or nothing is outstanding. */
  readonly ownership: Rational | null;
  readonly shown: Pick<PortfolioRow, 'ownership' | 'ownershipAtMost' | 'basis' | 'estimated'>;
}

const NO_HOLDING: Holding = {
  ownership: null,
  shown: { ownership: null, ownershipAtMost: null, basis: null, estimated: false },
};

/** One row over all classes (docs/rules.md#p1). */
function holdingOf(lines: readonly LineState[], standing: Standing | null): Holding {
  if (standing === null || lines.length === 0) return NO_HOLDING;
  const live = lines.filter(({ step }) => !step.ended);
  const shown = live.filter(({ step }) => showsUnits(step));
  const whole = standing.unitsOutstanding;
  const isKnown = live.length === 0 || shown.length > 0;
  const ownership = isKnown ? share(outstandingUnits(shown), whole) : null;
  const [only, another] = live;
  const most = another === undefined ? (only?.step.unitsAtMost ?? null) : null;
  const atMost = most === null ? null : share(most, whole);
  return {
    ownership,
    shown: {
      ownership: live.length === 0 ? '0.000000' : ownership && printAt(ownership, 6),
      ownershipAtMost: atMost && printAt(atMost, 6),
      basis: weakestBasis(live),
      estimated: live.some(({ step }) => isEstimated(step, standing)),
    },
  };
}

function outstandingUnits(lines: readonly LineState[]): Units {
  return lines
    .filter(({ step }) => isOutstanding(step.stockClass))
    .reduce((total, { step }) => total + step.units, 0n);
}

function share(units: Units, whole: Units): Rational | null {
  return isPositive(ofUnits(whole)) ? over(ofUnits(units), ofUnits(whole)) : null;
}

function weakestBasis(lines: readonly LineState[]): Basis | null {
  const [first, ...others] = lines.map(({ step }) => step.basis);
  return first === undefined ? null : others.reduce(weaker, first);
}

interface DatedValuation {
  readonly valuation: Valuation;
  readonly on: Day;
}

/** The last of the series, of one day the last in its order. */
function lastValuation({ days }: Timeline): DatedValuation | null {
  const last = days.findLast(({ valuations }) => valuations.length > 0);
  const valuation = last?.valuations.at(-1);
  return last === undefined || valuation === undefined ? null : { valuation, on: last.day };
}

function valueOf(ownership: Rational | null, valuation: Valuation | undefined): Rational | null {
  return valuation === undefined || ownership === null
    ? null
    : times(ownership, decimal(valuation.amount));
}

/** Each claim as it stands; ended ones are among them. */
function claimsOf({ days }: Timeline, holder: PartyId): ClaimStep[] {
  const claims = new Map<string, ClaimStep>();
  for (const step of days.flatMap((day) => day.claims)) {
    if (step.holder !== holder) continue;
    claims.set(JSON.stringify([step.roundId, step.tranche, step.currency]), step);
  }
  return [...claims.values()].sort(byClaim);
}

function shownClaim({
  roundId,
  tranche,
  currency,
  amount,
}: ClaimStep): PortfolioRow['claims'][number] {
  const isKnown = currency !== null && amount !== null;
  return { roundId, tranche, amount: isKnown ? { [currency]: amount } : null };
}

function entriesBehind(of: {
  lines: readonly LineState[];
  claims: readonly ClaimStep[];
  pledged: readonly Pledge[];
  paid: readonly Position[];
}): Position[] {
  const lines = of.lines.flatMap(({ entries }) => entries);
  const claims = of.claims.filter(({ ended }) => !ended).flatMap(({ entries }) => entries);
  const pledged = of.pledged.flatMap(({ entries }) => entries);
  return ascending([...lines, ...claims, ...pledged, ...of.paid]);
}
