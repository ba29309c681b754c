import { backingOf, feedOf, figured, joined, named, type Backing } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
import type { LineKey, Origin } from '../company.ts';
import { decimal, isPositive, over, times, toUnits, toUnitsDown, type Rational } from '../exact.ts';
import type { Participant, RoundClosed } from '../fact.ts';
import { joinPool, openPool } from '../pool.ts';
import { weaker } from '../register.ts';
import type { Basis, Units } from '../timeline.ts';
import { paidIn, type UsedMoney } from './money.ts';
import { entriesOf, lineInRound, poolLineOf } from './round.ts';
import type { Terms } from './terms.ts';

/** A difference under 0.000001 units is rounding (docs/rules.md#r3). */
const ROUNDING: Units = 10_000n;

/** Who gets what of a round. */
export interface Shares {
  readonly parts: readonly Part[];
  /** Participants without a figure: the pool's members, but for one that takes the remainder. */
  readonly others: readonly Participant[];
  /** Takes what remains: the only one without a figure of a complete list. */
  readonly heir: Participant | null;
  readonly remainder: Units;
  /** All that the round gives: its issue, or the parts that exceed it. */
  readonly given: Units;
  /** Behind all lines of the round. */
  readonly backing: Backing;
  /** Behind all that the round gives: if parts exceed its issue, all of them. */
  readonly givenBacking: Backing;
}

interface Part {
  readonly participant: Participant;
  readonly units: Units;
  readonly basis: Basis;
  readonly backing: Backing;
}

/**
 * Shares a round's issue out: to each participant its `shares`, else its `ownership` of T′, else
 * the part of the issue that its amount is of m, rounded down. What remains goes to the only
 * participant without a figure of a complete list, else to the pool.
 *
 * Parts that exceed the issue: `over-allocated`, and the round gives their sum.
 * Rule: docs/rules.md#r3
 */
export function shareOut(change: Change, round: RoundClosed, terms: Terms): Shares {
  const { parts, others } = partsOf(change, round, terms);
  const stated = parts.reduce((total, { units }) => total + units, 0n);
  const given = toUnits(terms.issued);
  const remainder = given - stated;
  const backing = joined(backingOf(round), terms.backing);
  const whole = { others, heir: null, remainder: 0n, given, backing, givenBacking: backing };
  const [first, ...rest] = parts;
  if (first !== undefined && isRounding(remainder)) {
    return { ...whole, parts: [{ ...first, units: first.units + remainder }, ...rest] };
  }
  if (remainder < 0n) {
    const all = joined(backing, ...parts.map((part) => part.backing));
    change.find('over-allocated', entriesOf(round, all));
    return { ...whole, parts, given: stated, givenBacking: all };
  }
  const heir = heirOf(round, others, remainder);
  return { ...whole, parts, others: heir === null ? others : [], heir, remainder };
}

function partsOf(
  change: Change,
  round: RoundClosed,
  terms: Terms,
): { parts: Part[]; others: Participant[] } {
  const parts: Part[] = [];
  const others: Participant[] = [];
  for (const participant of round.participants) {
    const part = partOf(change, { round, terms, participant });
    if (part === null) others.push(participant);
    else parts.push(part);
  }
  return { parts, others };
}

function heirOf(
  { participantsComplete }: RoundClosed,
  others: readonly Participant[],
  remainder: Units,
): Participant | null {
  const [only, another] = others;
  const isAlone = only !== undefined && another === undefined;
  return isAlone && participantsComplete !== undefined && remainder > 0n ? only : null;
}

function isRounding(difference: Units): boolean {
  return -ROUNDING < difference && difference < ROUNDING;
}

/** Null: no usable figure. */
function partOf(
  change: Change,
  { round, terms, participant }: { round: RoundClosed; terms: Terms; participant: Participant },
): Part | null {
  const { shares, ownership, amounts } = participant;
  if (change.isRegister && shares !== undefined) {
    const units = toUnits(decimal(shares.value.figure));
    return { participant, units, basis: 'recorded', backing: figured(shares) };
  }
  if (ownership !== undefined) {
    if (!isPositive(terms.total)) {
      change.find('nothing-outstanding', entriesOf(round, figured(ownership)));
      return null;
    }
    const units = toUnits(times(decimal(ownership.value.figure), terms.total));
    return { participant, units, basis: 'disclosed', backing: figured(ownership) };
  }
  if (amounts === undefined || terms.raised === null || !isPositive(terms.raised.value))
    return null;
  const paid = paidIn(change, round, { amounts, to: terms.raised.currency });
  if (paid === null) return null;
  const units = toUnitsDown(partOfIssue(terms, paid, terms.raised));
  return { participant, units, basis: 'implied', backing: paid.backing };
}

function partOfIssue({ issued }: Terms, paid: UsedMoney, raised: UsedMoney): Rational {
  return over(times(issued, paid.value), raised.value);
}

/** Hands units out: newly issued ones, or those of `undisclosed`. */
export type Give = (to: LineKey, units: Units, feed: Feed) => void;

/** Posts what was shared out; what nobody's figures claim lies in the pool (docs/rules.md#n2). */
export function distribute(
  change: Change,
  round: RoundClosed,
  { terms, shares, give, origin }: { terms: Terms; shares: Shares; give: Give; origin: Origin },
): void {
  for (const { participant, units, basis, backing } of shares.parts) {
    const name = named(participant.investor);
    const to = lineInRound(round, participant.investor.value);
    give(to, units, feedOf(basis, shares.backing, name, backing));
  }
  const rest = restFeed(terms, shares);
  if (shares.heir !== null) {
    const { investor } = shares.heir;
    const to = lineInRound(round, investor.value);
    give(to, shares.remainder, feedOf(rest.basis, rest, named(investor)));
    return;
  }
  const pool = poolLineOf(round);
  if (shares.remainder > 0n) {
    give(pool, shares.remainder, rest);
    openPool(
      change,
      pool,
      round.participants.map(({ investor }) => investor.value),
    );
  }
  for (const { investor } of shares.others) {
    const feed = feedOf('undisclosed', shares.backing, named(investor));
    joinPool(change, lineInRound(round, investor.value), { pool: pool.holder, origin, feed });
  }
}

/** Behind what remains stand all participants' figures (docs/rules.md#l3). */
function restFeed(terms: Terms, { parts, backing }: Shares): Feed {
  const basis = parts.reduce<Basis>((weakest, part) => weaker(weakest, part.basis), terms.basis);
  return feedOf(basis, backing, ...parts.map((part) => part.backing));
}
