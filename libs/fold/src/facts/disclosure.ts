import { feedOf } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
import { isEnded, UNDISCLOSED, NOTHING_UNKNOWN, type LineKey } from '../company.ts';
import { decimal, isAbove, minus, ofUnits, over, toUnits, type Rational } from '../exact.ts';
import type { StakeChanged } from '../fact.ts';
import { giveUnknown, leavePool, setUnknown } from '../pool.ts';
import { quantityOf, type Quantity } from '../quantity.ts';
import { isInScope, leaving, move, unitsIn, type Scope } from '../register.ts';
import { reveal } from '../reveal.ts';
import { lineKeyOf, namesBehind, scopeOf, unknownFeed, type HolderFact } from './stake.ts';

/** A percentage further than this from a share register differs from it (U3). */
const TOLERANCE = decimal('0.0005');

/**
 * From now on the holder has exactly q units in scope: more are revealed, less go back to
 * `undisclosed`. Its lines there begin anew; nothing is unknown of them any more.
 *
 * Without a usable figure: an unknown stake for a holder not yet known, else nothing. A percentage
 * against a share register changes nothing.
 * Rule: docs/rules.md#s3
 */
export function discloseStake(change: Change, of: HolderFact): void {
  const quantity = quantityOf(change, of.fact);
  if (change.isRegister && of.fact.shares === undefined && of.fact.ownership !== undefined) {
    if (quantity !== null) compareWithRegister(change, of, quantity);
    return;
  }
  if (quantity === null) {
    meet(change, of);
    return;
  }
  const holder = of.holder.value;
  const scope = disclosedScope(of.fact);
  const feed = feedOf('disclosed', namesBehind(of), quantity.backing);
  endUnknown(change, { holder, scope });
  settle(change, { holder, scope, feed }, quantity);
  for (const key of linesIn(change, { holder, scope })) beginAnew(change, key, feed);
}

/** A fully diluted disclosure is about all classes, if it states none (S2). */
function disclosedScope(fact: StakeChanged): Scope {
  const scope = scopeOf(fact);
  return scope.stockClass === null ? { ...scope, withOptions: isFullyDiluted(fact) } : scope;
}

function isFullyDiluted({ ownership }: StakeChanged): boolean {
  return ownership?.value.basis === 'fully-diluted';
}

/**
 * Somebody is said to hold a stake, without a figure.
 * Rule: docs/rules.md#n1
 */
function meet(change: Change, of: HolderFact): void {
  const isKnown = change.holder(of.holder.value).lines.some(([, line]) => !isEnded(line));
  if (isKnown) return;
  giveUnknown(change, lineKeyOf(of), { origin: 'disclosure', feed: unknownFeed(of) });
}

/**
 * What a share register says stands; a percentage that differs is a finding.
 * Rule: docs/rules.md#u3
 */
function compareWithRegister(change: Change, of: HolderFact, quantity: Quantity): void {
  const units = unitsIn(change, of.holder.value, disclosedScope(of.fact));
  const whole = isFullyDiluted(of.fact) ? change.total : change.outstanding;
  const difference = over(minus(ofUnits(units), quantity.units), whole);
  if (!isAbove(absolute(difference), TOLERANCE)) return;
  const { entries } = feedOf('disclosed', namesBehind(of), quantity.backing);
  change.find('disclosure-differs', entries);
}

function absolute(value: Rational): Rational {
  return value.numerator < 0n ? { ...value, numerator: -value.numerator } : value;
}

interface HolderScope {
  readonly holder: string;
  readonly scope: Scope;
}

/** Memberships and unknown stakes end; the right to be revealed from a pool does not (N5). */
function endUnknown(change: Change, of: HolderScope): void {
  for (const key of linesIn(change, of)) {
    for (const pool of change.line(key).unknown.held.keys()) leavePool(change, key.holder, pool);
    setUnknown(change, key, NOTHING_UNKNOWN);
  }
}

/** Makes the holder's units in scope exactly what was disclosed. */
function settle(change: Change, of: HolderScope & { feed: Feed }, quantity: Quantity): void {
  const target = toUnits(quantity.units);
  reveal(change, { ...of, isDisclosure: true }, target);
  const surplus = unitsIn(change, of.holder, of.scope) - target;
  if (surplus <= 0n) return;
  for (const { stockClass, units } of leaving(change, of, surplus)) {
    const to = { holder: UNDISCLOSED, stockClass: of.scope.stockClass ?? stockClass };
    move(change, { from: { holder: of.holder, stockClass }, to, units }, of.feed);
  }
}

/** Nothing but the disclosure stands behind the line now (L2, L3, L5). */
function beginAnew(change: Change, key: LineKey, feed: Feed): void {
  const line = change.line(key);
  const { basis, estimated, entries } = feed;
  change.beginAnew(key, { ...line, basis, estimated, disclosed: change.moment }, entries);
}

function linesIn(change: Change, { holder, scope }: HolderScope): LineKey[] {
  return change
    .holder(holder)
    .lines.filter(([stockClass]) => isInScope(scope, stockClass))
    .map(([stockClass]) => ({ holder, stockClass }));
}
