import type { Change } from '../change.ts';
import { UNDISCLOSED } from '../company.ts';
import { toUnits } from '../exact.ts';
import { giveUnknown } from '../pool.ts';
import { quantityOf } from '../quantity.ts';
import { leaving, move } from '../register.ts';
import { reveal } from '../reveal.ts';
import {
  feedBehind,
  lineKeyOf,
  scopeOf,
  sellUnknown,
  unknownFeed,
  type HolderFact,
} from './stake.ts';

/**
 * Moves q units from the holder, revealed where it was not known to have them, to the counterparty
 * (nobody named: `undisclosed`). They take the class stated, or keep theirs.
 *
 * Without a usable figure the holder sold an unknown part and the counterparty has an unknown stake.
 * Rule: docs/rules.md#s3
 */
export function transferStake(change: Change, of: HolderFact): void {
  const counterparty = of.fact.counterparty?.value ?? UNDISCLOSED;
  const quantity = quantityOf(change, of.fact);
  if (quantity === null) {
    sellUnknown(change, of);
    const to = { ...lineKeyOf(of), holder: counterparty };
    giveUnknown(change, to, { origin: 'change', feed: unknownFeed(of) });
    return;
  }
  const holder = of.holder.value;
  const scope = scopeOf(of.fact);
  const feed = feedBehind(of, quantity);
  const total = toUnits(quantity.units);
  reveal(change, { holder, scope, feed, isDisclosure: false }, total);
  for (const { stockClass, units } of leaving(change, { holder, scope }, total)) {
    const to = { holder: counterparty, stockClass: scope.stockClass ?? stockClass };
    move(change, { from: { holder, stockClass }, to, units }, feed);
  }
}
