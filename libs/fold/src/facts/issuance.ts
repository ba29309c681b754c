import type { Change } from '../change.ts';
import { toUnits } from '../exact.ts';
import type { StakeChanged } from '../fact.ts';
import { giveUnknown } from '../pool.ts';
import { quantityOf } from '../quantity.ts';
import { fits, issue } from '../register.ts';
import { SortedMap } from '../sorted-map.ts';
import { feedBehind, lineKeyOf, unknownFeed, type HolderFact } from './stake.ts';

/**
 * Issues q units to the holder: in shares, or as the part of T they are then. The first in shares
 * opens the share register.
 * Rule: docs/rules.md#s3
 */
export function issueStake(change: Change, of: HolderFact): void {
  if (!change.isRegister && isInShares(of.fact)) openRegister(change);
  const quantity = quantityOf(change, of.fact);
  const units = quantity === null ? null : toUnits(quantity.units);
  const feed = quantity === null ? unknownFeed(of) : feedBehind(of, quantity);
  if (units === null || !fits(change, units, feed.entries)) {
    giveUnknown(change, lineKeyOf(of), { origin: 'change', feed: unknownFeed(of) });
    return;
  }
  issue(change, lineKeyOf(of), units, feed);
  if (feed.estimated && units > 0n) change.estimateTotals();
}

/** A count of shares, not a part of `sharesOutstanding` (U3). */
function isInShares({ shares, sharesOutstanding }: StakeChanged): boolean {
  return shares !== undefined && sharesOutstanding === undefined;
}

/**
 * From now on a unit is a share. All notional units, pools and unknown stakes end; T starts at 0.
 * Comparisons and convertible claims are no units: they stay.
 * Rule: docs/rules.md#u3
 */
function openRegister(change: Change): void {
  change.clearLines();
  const { day, ordinal } = change.moment;
  change.amend({
    register: 'recorded',
    opened: { day, ordinal: ordinal - 1 }, // Before what this fact itself estimates (L5).
    unitsInIssue: 0n,
    unitsOutstanding: 0n,
    estimatedSince: null,
    pools: SortedMap.empty(),
    openLines: SortedMap.empty(),
  });
}
