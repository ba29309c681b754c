import type { Change } from '../change.ts';
import { toUnits } from '../exact.ts';
import { quantityOf } from '../quantity.ts';
import { cancel, leaving } from '../register.ts';
import { reveal } from '../reveal.ts';
import { feedBehind, scopeOf, sellUnknown, type HolderFact } from './stake.ts';

/**
 * A repurchase or a cancellation: q units of the holder, revealed where it was not known to have
 * them, return to the issuer. Without a usable figure an unknown part of what it has did.
 * Rule: docs/rules.md#s3
 */
export function cancelStake(change: Change, of: HolderFact): void {
  const quantity = quantityOf(change, of.fact);
  if (quantity === null) {
    sellUnknown(change, of);
    return;
  }
  const holder = of.holder.value;
  const scope = scopeOf(of.fact);
  const feed = feedBehind(of, quantity);
  const total = toUnits(quantity.units);
  reveal(change, { holder, scope, feed, isDisclosure: false }, total);
  for (const { stockClass, units } of leaving(change, { holder, scope }, total)) {
    cancel(change, { holder, stockClass }, units, feed);
  }
  if (feed.estimated && total > 0n) change.estimateTotals();
}
