import { backingOf, feedOf, figured, named, NO_BACKING } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
import { isUnknown, NOTHING_UNKNOWN, type LineKey } from '../company.ts';
import {
  compare,
  decimal,
  isAbove,
  ofUnits,
  ONE,
  sum,
  times,
  toUnits,
  type Rational,
} from '../exact.ts';
import type { Participant, RoundClosed } from '../fact.ts';
import { setUnknown } from '../pool.ts';
import { move } from '../register.ts';
import { SortedMap } from '../sorted-map.ts';
import type { Units } from '../timeline.ts';
import { giveUnknownStakes } from './round.ts';
import { findUncounted, sharesAlone } from './terms.ts';

interface Buyer {
  readonly holder: string;
  readonly part: Rational;
  readonly feed: Feed;
}

/**
 * Each buyer takes its ownership of every other account as it stood, a lone buyer without one all
 * of them; of several, those without have an unknown stake. Units keep their classes.
 *
 * Parts that sum to 1 end all pools and unknown stakes. More: `over-allocated`, nothing moves.
 * Rule: docs/rules.md#r6
 */
export function acquire(change: Change, round: RoundClosed): void {
  const { participants } = round;
  if (participants.length === 0) return;
  if (participants.length > 1) findUncounted(change, round, sharesAlone(round));
  const buyers = buyersOf(round);
  if (isOverAllocated(change, buyers)) {
    giveUnknownStakes(change, round, { participants, origin: 'round' });
    return;
  }
  const rest = participants.filter(({ ownership }) => ownership === undefined);
  const others = participants.length === 1 ? [] : rest;
  giveUnknownStakes(change, round, { participants: others, origin: 'round' });
  const isWhole = compare(sum(buyers.map(({ part }) => part)), ONE) === 0;
  for (const account of accounts(change)) take(change, account, { buyers, isWhole });
  if (isWhole) endAllUnknown(change);
}

function buyersOf(round: RoundClosed): Buyer[] {
  const isAlone = round.participants.length === 1;
  return round.participants.flatMap((participant) => {
    const part = partOf(participant, isAlone);
    if (part === null) return [];
    const figure =
      participant.ownership === undefined ? NO_BACKING : figured(participant.ownership);
    const feed = feedOf('disclosed', backingOf(round), named(participant.investor), figure);
    return [{ holder: participant.investor.value, part, feed }];
  });
}

function partOf({ ownership }: Participant, isAlone: boolean): Rational | null {
  if (ownership !== undefined) return decimal(ownership.value.figure);
  return isAlone ? ONE : null;
}

function isOverAllocated(change: Change, buyers: readonly Buyer[]): boolean {
  if (!isAbove(sum(buyers.map(({ part }) => part)), ONE)) return false;
  change.find(
    'over-allocated',
    buyers.flatMap(({ feed }) => feed.entries),
  );
  return true;
}

function accounts(change: Change): { key: LineKey; units: Units }[] {
  return [...change.company.holders.entries()].flatMap(([holder, { lines }]) =>
    lines.flatMap(([stockClass, { units }]) =>
      units === 0n ? [] : [{ key: { holder, stockClass }, units }],
    ),
  );
}

/** Of the whole, the first buyer takes what rounding leaves. */
function take(
  change: Change,
  { key, units }: { key: LineKey; units: Units },
  { buyers, isWhole }: { buyers: readonly Buyer[]; isWhole: boolean },
): void {
  let left = units;
  const taken = buyers.map(({ part }) => toUnits(times(ofUnits(units), part)));
  for (const part of taken) left -= part;
  for (const [at, buyer] of buyers.entries()) {
    if (buyer.holder === key.holder) continue;
    const rounding = isWhole && at === 0 ? left : 0n;
    const to = { ...key, holder: buyer.holder };
    move(change, { from: key, to, units: (taken[at] ?? 0n) + rounding }, buyer.feed);
  }
}

function endAllUnknown(change: Change): void {
  for (const [holder, { lines }] of change.company.holders.entries()) {
    for (const [stockClass, { unknown }] of lines) {
      if (isUnknown(unknown)) setUnknown(change, { holder, stockClass }, NOTHING_UNKNOWN);
    }
  }
  change.amend({ pools: SortedMap.empty() });
}
