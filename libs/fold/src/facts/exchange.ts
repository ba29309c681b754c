import { feedOf, named, NO_BACKING } from '../backing.ts';
import type { Change } from '../change.ts';
import { decimal, over, times, toUnits } from '../exact.ts';
import type { Units } from '../timeline.ts';
import { giveUnknown } from '../pool.ts';
import { quantityOf, type Quantity } from '../quantity.ts';
import { cancel, fits, issue, leaving } from '../register.ts';
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
  const holder = of.holder.value;
  const given = toUnits(quantity.units);
  const stated = receivedUnits(change, of);
  const received = stated ?? given;
  const { basis, backing } = quantity;
  const { toStockClass, toShares } = of.fact;
  const feed = feedOf(
    basis,
    namesBehind(of),
    backing,
    stated === null ? NO_BACKING : named(toShares),
  );
  if (!fits(change, received - given, feed.entries)) return false;
  const scope = scopeOf(of.fact);
  reveal(change, { holder, scope, feed, isDisclosure: false }, given);
  for (const { stockClass, units } of leaving(change, { holder, scope }, given)) {
    cancel(change, { holder, stockClass }, units, feed);
  }
  issue(change, { holder, stockClass: toStockClass?.value ?? null }, received, feed);
  if (feed.estimated && received !== given) change.estimateTotals();
  return true;
}

/** Null: nobody says, or (in a notional company) not as a part of the outstanding shares. */
function receivedUnits(change: Change, { fact }: HolderFact): Units | null {
  const { toShares, sharesOutstanding } = fact;
  if (toShares === undefined) return null;
  if (change.isRegister) return toUnits(decimal(toShares.value));
  if (sharesOutstanding === undefined) return null;
  const part = over(decimal(toShares.value), decimal(sharesOutstanding.value));
  return toUnits(times(part, change.outstanding));
}
