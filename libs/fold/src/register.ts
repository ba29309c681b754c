import type { PartyId } from '#libs/events';
import type { Change, Feed } from './change.ts';
import { isOutstanding, isPool, MOST_UNITS, type LineKey } from './company.ts';
import { poolMoved } from './pool.ts';
import type { Basis, Position, Units } from './timeline.ts';

/**
 * Units move by these three alone: each a posting that sums to zero, with the issuer as the account
 * against which units are issued and cancelled. So T is what all lines add up to.
 * Rule: docs/rules.md#u1
 */
export function issue(change: Change, to: LineKey, units: Units, feed: Feed): void {
  if (units === 0n) return;
  change.amend({ unitsInIssue: change.company.unitsInIssue + units });
  post(change, to, units, feed);
}

export function cancel(change: Change, from: LineKey, units: Units, feed: Feed): void {
  issue(change, from, -units, feed);
}

export function move(
  change: Change,
  { from, to, units }: { from: LineKey; to: LineKey; units: Units },
  feed: Feed,
): void {
  if (units === 0n) return;
  post(change, from, -units, feed);
  post(change, to, units, feed);
}

/** One leg of a posting. What moves out of a line stands behind what is left (L2, L3). */
function post(change: Change, key: LineKey, units: Units, feed: Feed): void {
  if (isOutstanding(key.stockClass)) {
    change.amend({ unitsOutstanding: change.company.unitsOutstanding + units });
  }
  const line = change.line(key);
  change.setLine(key, {
    ...line,
    units: line.units + units,
    basis: weaker(line.basis, feed.basis),
    estimated: line.estimated || feed.estimated,
  });
  change.touch(key, feed.entries);
  if (isPool(key.holder)) poolMoved(change, key, units);
}

/** What a fact is about: one class, or all that are outstanding, or all (docs/rules.md#s2). */
export type Scope =
  { readonly stockClass: string } | { readonly stockClass: null; readonly withOptions: boolean };

export function isInScope(scope: Scope, stockClass: string | null): boolean {
  if (scope.stockClass !== null) return scope.stockClass === stockClass;
  return scope.withOptions || isOutstanding(stockClass);
}

/** True: `undisclosed` gives its units of `stockClass` for a fact about `stated` (U4). */
export function undisclosedGives(stated: string | null, stockClass: string | null): boolean {
  return stated === null ? isOutstanding(stockClass) : stockClass === null || stockClass === stated;
}

/** All a holder has in scope, what it is below zero in some class taken off. */
export function unitsIn(change: Change, holder: PartyId, scope: Scope): Units {
  return change
    .holder(holder)
    .lines.filter(([stockClass]) => isInScope(scope, stockClass))
    .reduce((total, [, line]) => total + line.units, 0n);
}

/** So many units of one class. */
export interface Portion {
  readonly stockClass: string | null;
  readonly units: Units;
}

/**
 * So many units of a holder as they leave: in class-name order, no class first, as far as it has
 * any. What is missing leaves in the fact's class, which takes the holder below zero.
 * Rule: docs/rules.md#u4
 */
export function leaving(
  change: Change,
  { holder, scope }: { holder: PartyId; scope: Scope },
  units: Units,
): Portion[] {
  const portions: Portion[] = [];
  let missing = units;
  for (const [stockClass, line] of change.holder(holder).lines) {
    if (!isInScope(scope, stockClass) || line.units <= 0n || missing === 0n) continue;
    const taken = line.units < missing ? line.units : missing;
    portions.push({ stockClass, units: taken });
    missing -= taken;
  }
  if (missing > 0n) portions.push({ stockClass: scope.stockClass, units: missing });
  return portions;
}

const SURENESS: Readonly<Record<Basis, number>> = {
  recorded: 3,
  disclosed: 2,
  implied: 1,
  undisclosed: 0,
};

/** The less sure of two (docs/rules.md#l2). */
export function weaker(a: Basis, b: Basis): Basis {
  return SURENESS[a] <= SURENESS[b] ? a : b;
}

/** T may not exceed what anybody could mean; where it would, nothing moves (docs/rules.md#u5). */
export function fits(change: Change, added: Units, entries: readonly Position[]): boolean {
  if (change.company.unitsInIssue + added <= MOST_UNITS) return true;
  change.find('out-of-range', entries);
  return false;
}
