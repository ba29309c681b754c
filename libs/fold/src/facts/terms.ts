import { backingOf, figured, joined, named, NO_BACKING, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import {
  compare,
  decimal,
  isAbove,
  isPositive,
  minus,
  ONE,
  over,
  plus,
  sum,
  times,
  ZERO,
  type Rational,
} from '../exact.ts';
import type { RoundClosed, Stated } from '../fact.ts';
import type { Basis, Units } from '../timeline.ts';
import { moneyOf, raisedInRegister, type UsedMoney } from './money.ts';
import { entriesOf } from './round.ts';

/** What a round issues, and what all its lines rest on. */
export interface Terms {
  readonly issued: Rational;
  /** T′: what is in issue then, of which ownership in the round is a part. */
  readonly total: Rational;
  readonly basis: Basis;
  /** What gave m, P, f and T′ (L3). */
  readonly backing: Backing;
  /** m, where amounts share the issue out (R3). */
  readonly raised: UsedMoney | null;
  /** Nobody stated what the round itself issues: only its conversions do. */
  readonly isUnpriced: boolean;
}

/** What a round issues beside its own issue: parts of T′, or shares. */
export interface Beside {
  /** The sum of what conversions take of T′. */
  readonly part: Rational;
  /** The sum of what conversions take in shares. */
  readonly units: Units;
  readonly backing: Backing;
}

export const NOTHING_BESIDE: Beside = { part: ZERO, units: 0n, backing: NO_BACKING };

/** Why a round issues nothing: its figures cannot be, or nobody stated any. */
export type NoTerms = 'unusable' | 'unstated';

/**
 * What a round issues. A secondary's T′ is T: it issues nothing, but shares out alike.
 * Rule: docs/rules.md#r2
 */
export function termsOf(change: Change, round: RoundClosed, beside: Beside): Terms | NoTerms {
  if (isAnyPartAboveOne(change, round)) return 'unusable';
  return change.isRegister
    ? termsInShares(change, round, beside)
    : termsInParts(change, round, beside);
}

/** Listed several times, an investor can add up to more than there is (docs/rules.md#u5). */
function isAnyPartAboveOne(change: Change, round: RoundClosed): boolean {
  const above = round.participants.flatMap(({ shares, ownership }) =>
    ownership === undefined ||
    (change.isRegister && shares !== undefined) ||
    !isAbove(decimal(ownership.value.figure), ONE)
      ? []
      : [figured(ownership)],
  );
  if (above.length === 0) return false;
  change.find('over-allocated', entriesOf(round, ...above));
  return true;
}

/** A share register issues share quantities alone; money at most shares them out. */
function termsInShares(change: Change, round: RoundClosed, beside: Beside): Terms | 'unstated' {
  const { sharesIssued, participants } = round;
  const shares = participants.flatMap((participant) => participant.shares ?? []);
  const isStated = sharesIssued !== undefined || shares.length > 0;
  if (!isStated && beside.backing === NO_BACKING) return 'unstated';
  const issued =
    sharesIssued === undefined
      ? sum(shares.map(({ value }) => decimal(value.figure)))
      : decimal(sharesIssued.value);
  const raised = sharesIssued === undefined ? null : raisedIfShared(change, round);
  const isSecondary = round.kind.value === 'secondary';
  const added = isSecondary ? ZERO : plus(issued, { ...ZERO, numerator: beside.units });
  const quantities = sharesIssued === undefined ? shares.map(figured) : [named(sharesIssued)];
  return {
    issued,
    total: plus(change.total, added),
    basis: 'recorded',
    backing: joined(...quantities, raised?.backing ?? NO_BACKING, beside.backing),
    raised,
    isUnpriced: false,
  };
}

/** m, if somebody's amount is all there is to tell its part of the issue. */
function raisedIfShared(change: Change, round: RoundClosed): UsedMoney | null {
  const isShared = round.participants.some(
    ({ amounts, shares, ownership }) =>
      amounts !== undefined && shares === undefined && ownership === undefined,
  );
  return isShared ? raisedInRegister(change, round) : null;
}

/** A notional company issues parts of T′: f = m/P, else what the participants say they bought. */
function termsInParts(change: Change, round: RoundClosed, beside: Beside): Terms | NoTerms {
  const part = partIssued(change, round);
  if (part === 'unusable') return part;
  if (part !== 'unstated') return termsOfPart(change, round, { part, beside });
  return isPositive(beside.part) ? termsOfPart(change, round, { part: NO_PART, beside }) : part;
}

function termsOfPart(
  change: Change,
  round: RoundClosed,
  { part, beside }: { part: PartIssued; beside: Beside },
): Terms | NoTerms {
  const left = minus(minus(ONE, part.fraction), beside.part);
  const entries = entriesOf(round, part.backing, beside.backing);
  if (!isPositive(left)) {
    change.find('over-allocated', entries);
    return 'unusable';
  }
  if (!isPositive(change.total)) {
    change.find('nothing-outstanding', entries);
    return 'unusable';
  }
  const total = round.kind.value === 'secondary' ? change.total : over(change.total, left);
  return {
    issued: times(part.fraction, total),
    total,
    basis: part.basis,
    backing: joined(part.backing, beside.backing),
    raised: part.raised,
    isUnpriced: part === NO_PART,
  };
}

interface PartIssued {
  readonly fraction: Rational;
  readonly basis: Basis;
  readonly backing: Backing;
  readonly raised: UsedMoney | null;
}

function partIssued(change: Change, round: RoundClosed): PartIssued | NoTerms {
  const { postMoney, raised } = moneyOf(change, round);
  if (postMoney === null || raised === null) return partBought(change, round);
  const backing = joined(postMoney.backing, raised.backing);
  if (!isAbove(postMoney.value, raised.value)) {
    change.find('valuation-not-above-amount', entriesOf(round, backing));
    return 'unusable';
  }
  return { fraction: over(raised.value, postMoney.value), basis: 'implied', backing, raised };
}

/** s, the sum of what the participants say they bought. */
function partBought(change: Change, round: RoundClosed): PartIssued | NoTerms {
  const stated = round.participants.flatMap(({ ownership }) => ownership ?? []);
  const fraction = sum(stated.map(({ value }) => decimal(value.figure)));
  const backing = joined(...stated.map(figured));
  findUncountedShares(change, round);
  if (!isPositive(fraction)) return 'unstated';
  if (compare(fraction, ONE) >= 0) {
    change.find('over-allocated', entriesOf(round, backing));
    return 'unusable';
  }
  return { fraction, basis: 'disclosed', backing, raised: null };
}

/** Only conversions issue. */
const NO_PART: PartIssued = {
  fraction: ZERO,
  basis: 'disclosed',
  backing: NO_BACKING,
  raised: null,
};

/**
 * In a notional company shares do not count: a finding, where no other figure serves.
 * Rule: docs/rules.md#u2
 */
function findUncountedShares(change: Change, round: RoundClosed): void {
  const isServed = round.participants.some(({ ownership }) => ownership !== undefined);
  const issued = isServed ? undefined : round.sharesIssued;
  findUncounted(change, round, [issued, ...sharesAlone(round)]);
}

/** The shares of participants that state no ownership beside them. */
export function sharesAlone({ participants }: RoundClosed): (Stated<unknown> | undefined)[] {
  return participants.map(({ shares, ownership }) =>
    ownership === undefined ? shares : undefined,
  );
}

export function findUncounted(
  change: Change,
  round: RoundClosed,
  shares: readonly (Stated<unknown> | undefined)[],
): void {
  const entries = shares.flatMap((stated) => stated?.entry ?? []);
  if (change.isRegister || entries.length === 0) return;
  change.find('shares-without-outstanding', [...backingOf(round).entries, ...entries]);
}
