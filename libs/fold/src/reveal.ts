import type { PartyId } from '#libs/events';
import type { Change, Feed } from './change.ts';
import { UNDISCLOSED, type Chain } from './company.ts';
import { isInScope, move, undisclosedGives, unitsIn, type Scope } from './register.ts';
import type { Units } from './timeline.ts';

/** A fact that makes a holder have units: whose, of what, and what is said to stand behind it. */
export interface Revelation {
  readonly holder: PartyId;
  readonly scope: Scope;
  readonly feed: Feed;
  /** A disclosure leaves nobody but `undisclosed` below zero (S2). */
  readonly isDisclosure: boolean;
}

/**
 * Makes sure a holder has so many units in scope: what is missing comes from the pools of rounds
 * it took part in, newest first, then from `undisclosed`. What is still missing is `overdrawn`:
 * `undisclosed` goes below zero for it in a notional company and for a disclosure; in a share
 * register nothing moves here, and the holder will.
 * Rule: docs/rules.md#s2
 */
export function reveal(change: Change, revelation: Revelation, units: Units): void {
  const { holder, scope, feed } = revelation;
  let missing = units - unitsIn(change, holder, scope);
  if (missing <= 0n) return;
  missing = revealFromPools(change, revelation, missing);
  missing = revealFromUndisclosed(change, revelation, missing);
  if (missing === 0n) return;
  change.find('overdrawn', feed.entries);
  if (change.isRegister && !revelation.isDisclosure) return;
  const to = { holder, stockClass: scope.stockClass };
  move(change, { from: { ...to, holder: UNDISCLOSED }, to, units: missing }, feed);
}

/**
 * Takes up to so many units; answers what is still missing. A pool without units stays without: the
 * rights to be revealed from it are forgotten on the way.
 */
function revealFromPools(change: Change, revelation: Revelation, units: Units): Units {
  const { holder, scope, feed } = revelation;
  const live: { pool: string; serial: number }[] = [];
  let missing = units;
  let right = change.holder(holder).rights;
  for (; right !== null && missing > 0n; right = right.rest) {
    const pool = change.company.pools.get(right.pool);
    if (pool === undefined) continue;
    live.push(right);
    if (!canGive(scope, pool.stockClass)) continue;
    const from = { holder: right.pool, stockClass: pool.stockClass };
    const held = change.line(from).units;
    const taken = held < missing ? held : missing;
    const to = { holder, stockClass: scope.stockClass ?? pool.stockClass };
    move(change, { from, to, units: taken }, feed);
    missing -= taken;
  }
  const rights = live.reduceRight<Chain>(
    (rest, { pool, serial }) => ({ pool, serial, rest }),
    right,
  );
  change.setHolder(holder, { ...change.holder(holder), rights });
  return missing;
}

/** Takes up to so many units; answers what is still missing. */
function revealFromUndisclosed(change: Change, revelation: Revelation, units: Units): Units {
  const { holder, scope, feed } = revelation;
  // To itself `undisclosed` gives no more than units without a class, as units of one.
  const gives = (of: string | null): boolean =>
    undisclosedGives(scope.stockClass, of) && !(holder === UNDISCLOSED && isInScope(scope, of));
  const gift = { to: holder, gives, into: scope.stockClass ?? undefined, feed };
  return giveUndisclosed(change, gift, units);
}

/**
 * `undisclosed` gives up to so many units of the classes it gives, no class first, then in name
 * order. They take the class `into`, or keep theirs without one. Answers what is still missing.
 * Rule: docs/rules.md#u4
 */
export function giveUndisclosed(
  change: Change,
  gift: {
    readonly to: PartyId;
    readonly gives: (stockClass: string | null) => boolean;
    readonly into: string | null | undefined;
    readonly feed: Feed;
  },
  units: Units,
): Units {
  let missing = units;
  for (const [stockClass, line] of change.holder(UNDISCLOSED).lines) {
    if (missing === 0n) break;
    if (line.units <= 0n || !gift.gives(stockClass)) continue;
    const taken = line.units < missing ? line.units : missing;
    const from = { holder: UNDISCLOSED, stockClass };
    const to = { holder: gift.to, stockClass: gift.into === undefined ? stockClass : gift.into };
    move(change, { from, to, units: taken }, gift.feed);
    missing -= taken;
  }
  return missing;
}

/** A pool of another class is passed over; one without a class is of no other (S2). */
function canGive(scope: Scope, stockClass: string | null): boolean {
  return (scope.stockClass !== null && stockClass === null) || isInScope(scope, stockClass);
}
