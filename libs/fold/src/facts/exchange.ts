import { feedOf, named } from '../backing.ts';
import type { Change } from '../change.ts';
import { decimal, times, toUnits } from '../exact.ts';
import type { Units } from '../timeline.ts';
import { giveUnknown } from '../pool.ts';
import { quantityOf, type Quantity } from '../quantity.ts';
import { cancel, fits, issue } from '../register.ts';
import { reveal } from '../reveal.ts';
import { lineKeyOf, namesBehind, scopeOf, unknownFeed, type HolderFact } from './stake.ts';

/**
 * An exercise or a conversion: q units of the class, revealed where the holder was not known to
 * have them, become `toShares` units (q where nobody says) of the other class, which may be the same.
 * Rule: docs/rules.md#s3
 */
export function exchangeStake(change: Change, of: HolderFact): void {
  const quantity = quantityOf(change, of.fact);
  if (quantity === null || !exchange(change, of, quantity)) {
    giveUnknown(change, lineKeyOf(of), { origin: 'change', feed: unknownFeed(of) });
  }
}

/** False: T would be out of range, and nothing moved. */
function exchange(change: Change, of: HolderFact, quantity: Quantity): boolean {
  const from = lineKeyOf(of);
  const given = toUnits(quantity.units);
  const received = receivedUnits(of, quantity) ?? given;
  const { basis, backing } = quantity;
  const feed = feedOf(basis, namesBehind(of), backing, named(of.fact.toShares));
  if (!fits(change, received - given, feed.entries)) return false;
  const scope = scopeOf(of.fact);
  reveal(change, { holder: from.holder, scope, feed, isDisclosure: false }, given);
  cancel(change, from, given, feed);
  issue(change, { ...from, stockClass: of.fact.toStockClass?.value ?? null }, received, feed);
  if (feed.estimated && received !== given) change.estimateTotals();
  return true;
}

/** Null: nobody says, or (in a notional company) not as a part of anything. */
function receivedUnits({ fact }: HolderFact, { unitsPerShare }: Quantity): Units | null {
  if (fact.toShares === undefined || unitsPerShare === null) return null;
  return toUnits(times(decimal(fact.toShares.value), unitsPerShare));
}
