import type { PartyId } from '#libs/events';
import type { Change, Feed } from './change.ts';
import {
  countsUndisclosed,
  withMembership,
  withPoolExhausted,
  withPoolMoved,
  withStake,
} from './unknown.ts';
import {
  keyOf,
  UNDISCLOSED,
  type Chain,
  type LineKey,
  type Origin,
  type Unknown,
} from './company.ts';
import { SortedMap } from './sorted-map.ts';
import type { Units } from './timeline.ts';

/**
 * A round left units that nobody's figures claim: from now on every participant may be revealed
 * from them. Its line has the units already.
 * Rule: docs/rules.md#n2
 */
export function openPool(change: Change, pool: LineKey, participants: readonly PartyId[]): void {
  const serial = change.company.poolCount + 1;
  change.amend({
    poolCount: serial,
    pools: change.company.pools.set(pool.holder, {
      stockClass: pool.stockClass,
      serial,
      members: SortedMap.empty(),
    }),
  });
  for (const participant of participants) entitle(change, participant, pool.holder);
}

/** This holder may be revealed from this pool. */
export function entitle(change: Change, id: PartyId, pool: string): void {
  const serial = change.company.pools.get(pool)?.serial;
  if (serial === undefined || id === UNDISCLOSED) return;
  const holder = change.holder(id);
  change.setHolder(id, { ...holder, rights: inserted(holder.rights, pool, serial) });
}

/** An unknown stake of a participant of a round, held by the round's pool if that has units. */
export function joinPool(
  change: Change,
  member: LineKey,
  { pool, origin, feed }: { pool: string; origin: Origin; feed: Feed },
): void {
  if (member.holder === UNDISCLOSED) return;
  const found = change.company.pools.get(pool);
  if (found === undefined) {
    giveUnknown(change, member, { origin, feed });
    return;
  }
  const units = change.line({ holder: pool, stockClass: found.stockClass }).units;
  const members = found.members.set(member.holder, true);
  change.amend({ pools: change.company.pools.set(pool, { ...found, members }) });
  const unknown = withMembership(change.line(member).unknown, pool, { origin, units });
  feedUnknown(change, member, { unknown, feed });
}

/**
 * An unknown stake that no pool holds. `undisclosed` is the account of what is not known: it has
 * none itself.
 * Rule: docs/rules.md#n1
 */
export function giveUnknown(
  change: Change,
  key: LineKey,
  { origin, feed }: { origin: Origin; feed: Feed },
): void {
  if (key.holder === UNDISCLOSED) return;
  feedUnknown(change, key, { unknown: withStake(change.line(key).unknown, origin), feed });
}

/** Notes what is unknown of a line, and what stands behind not knowing. */
export function feedUnknown(
  change: Change,
  key: LineKey,
  { unknown, feed }: { unknown: Unknown; feed: Feed },
): void {
  const line = change.line(key);
  setUnknown(change, key, unknown);
  change.setLine(key, { ...line, unknown, estimated: line.estimated || feed.estimated });
  change.touch(key, feed.entries);
}

/** Sets what is unknown of a line, and keeps track of whether its bound moves with `undisclosed`. */
export function setUnknown(change: Change, key: LineKey, unknown: Unknown): void {
  const { openLines } = change.company;
  const id = keyOf(key);
  if (countsUndisclosed(unknown) !== openLines.has(id)) {
    const lines = countsUndisclosed(unknown) ? openLines.set(id, key) : openLines.without(id);
    change.amend({ openLines: lines });
  }
  change.setLine(key, { ...change.line(key), unknown });
  change.touch(key);
}

/** A pool gained or lost units: so do its members' bounds; without units it holds no stakes. */
export function poolMoved(change: Change, key: LineKey, units: Units): void {
  const pool = change.company.pools.get(key.holder);
  if (pool === undefined) return;
  const isExhausted = change.line(key).units === 0n;
  for (const holder of pool.members.keys()) {
    const member = { holder, stockClass: pool.stockClass };
    const moved = withPoolMoved(change.line(member).unknown, units);
    setUnknown(change, member, isExhausted ? withPoolExhausted(moved, key.holder) : moved);
  }
  if (isExhausted) change.amend({ pools: change.company.pools.without(key.holder) });
}

/** A holder's membership ends; its right to be revealed does not (docs/rules.md#n5). */
export function leavePool(change: Change, holder: PartyId, pool: string): void {
  const found = change.company.pools.get(pool);
  if (found === undefined) return;
  const members = found.members.without(holder);
  change.amend({ pools: change.company.pools.set(pool, { ...found, members }) });
}

/** Newest pool first; a right held already is not held twice. */
function inserted(rights: Chain, pool: string, serial: number): Chain {
  if (rights === null || rights.serial < serial) return { pool, serial, rest: rights };
  if (rights.serial === serial) return rights;
  return { ...rights, rest: inserted(rights.rest, pool, serial) };
}
