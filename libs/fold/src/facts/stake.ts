import { backingOf, feedOf, joined, named, type Backing } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
import { isEnded, UNDISCLOSED, type LineKey } from '../company.ts';
import type { StakeChanged, StatedParty } from '../fact.ts';
import { feedUnknown } from '../pool.ts';
import type { Quantity } from '../quantity.ts';
import { isInScope, type Scope } from '../register.ts';
import { withSale } from '../unknown.ts';

/** A stake-changed of somebody: all kinds but a split. */
export interface HolderFact {
  readonly fact: StakeChanged;
  readonly holder: StatedParty;
}

/** The holder's line in the fact's class. */
export function lineKeyOf({ fact, holder }: HolderFact): LineKey {
  return { holder: holder.value, stockClass: fact.stockClass?.value ?? null };
}

/** The class stated, else all outstanding classes (docs/rules.md#s2). */
export function scopeOf(fact: StakeChanged): Scope {
  return fact.stockClass === undefined
    ? { stockClass: null, withOptions: false }
    : { stockClass: fact.stockClass.value };
}

/** Who said that it happened, when, and who was in it. */
export function namesBehind({ fact, holder }: HolderFact): Backing {
  return joined(backingOf(fact), named(holder), named(fact.counterparty));
}

export function feedBehind(of: HolderFact, quantity: Quantity): Feed {
  return feedOf(quantity.basis, namesBehind(of), quantity.backing);
}

/** Behind a stake nobody put a figure on. */
export function unknownFeed(of: HolderFact): Feed {
  return feedOf('undisclosed', namesBehind(of));
}

/**
 * An unknown part left the holder's lines in scope: until its next disclosure nobody knows what is
 * left. Without a line there it had an unknown stake, of which it sold an unknown part.
 * Rule: docs/rules.md#n4
 */
export function sellUnknown(change: Change, of: HolderFact): void {
  if (of.holder.value === UNDISCLOSED) return;
  const scope = scopeOf(of.fact);
  const lines = change
    .holder(of.holder.value)
    .lines.filter(([stockClass, line]) => isInScope(scope, stockClass) && !isEnded(line))
    .map(([stockClass]) => ({ holder: of.holder.value, stockClass }));
  for (const key of lines.length > 0 ? lines : [lineKeyOf(of)]) {
    const unknown = withSale(change.line(key).unknown);
    feedUnknown(change, key, { unknown, feed: unknownFeed(of) });
  }
}
