import { NOTHING_UNKNOWN, type Origin, type Unknown } from './company.ts';
import type { Units } from './timeline.ts';

/** A disclosure's or a secondary's unknown stake may lie in `undisclosed`, a round's may not. */
const isOpen = (origin: Origin): boolean => origin === 'disclosure' || origin === 'secondary';

/**
 * One more unknown stake, outside any pool with units.
 * Rule: docs/rules.md#n1
 */
export function withStake(unknown: Unknown, origin: Origin): Unknown {
  return isOpen(origin)
    ? { ...unknown, open: unknown.open + 1 }
    : { ...unknown, boundless: unknown.boundless + 1 };
}

/** One more unknown stake, held by a pool of so many units (docs/rules.md#n2). */
export function withMembership(
  unknown: Unknown,
  pool: string,
  { origin, units }: { origin: Origin; units: Units },
): Unknown {
  if (unknown.held.has(pool)) return unknown;
  return {
    ...unknown,
    held: unknown.held.set(pool, origin),
    heldOpen: unknown.heldOpen + (isOpen(origin) ? 1 : 0),
    poolUnits: unknown.poolUnits + units,
  };
}

/** After a pool it is a member of gained so many units, or lost them. */
export function withPoolMoved(unknown: Unknown, units: Units): Unknown {
  return { ...unknown, poolUnits: unknown.poolUnits + units };
}

/** After a pool lost its last units: the stake is known to lie somewhere, but no pool holds it. */
export function withPoolExhausted(unknown: Unknown, pool: string): Unknown {
  const origin = unknown.held.get(pool);
  if (origin === undefined) return unknown;
  return withStake(
    {
      ...unknown,
      held: unknown.held.without(pool),
      heldOpen: unknown.heldOpen - (isOpen(origin) ? 1 : 0),
    },
    origin,
  );
}

/**
 * After an unknown part was sold without a figure: an unknown stake too, until the next disclosure.
 * Rule: docs/rules.md#n4
 */
export function withSale(unknown: Unknown): Unknown {
  return { ...unknown, sold: true };
}

/** What a counterparty's line does not know after an exit handed it all this; pools apart. */
export function withHandedOver(unknown: Unknown, from: Unknown): Unknown {
  return {
    ...unknown,
    boundless: unknown.boundless + from.boundless,
    open: unknown.open + from.open,
    sold: unknown.sold || from.sold,
  };
}

/** True: its bound counts `undisclosed` in, and moves with it (docs/rules.md#n3). */
export function countsUndisclosed(unknown: Unknown): boolean {
  return unknown.open > 0 || unknown.heldOpen > 0;
}

/**
 * The most units that a line's recorded purchases can make it; null where nothing bounds them.
 *
 * `undisclosed`: what that account could give this line, or null where a stake outside a pool is
 * not bounded by it (a share register). A line without unknown stakes has no bound to show.
 * Rule: docs/rules.md#n3
 */
export function boundOf(
  { units, unknown }: { units: Units; unknown: Unknown },
  undisclosed: { units: Units; isRegister: boolean },
): Units | null {
  const own = units + unknown.poolUnits;
  if (unknown.sold) return own;
  if (unknown === NOTHING_UNKNOWN || unknown.boundless > 0) return null;
  if (unknown.open > 0 && (undisclosed.isRegister || undisclosed.units <= 0n)) return null;
  if (unknown.held.size === 0 && unknown.open === 0) return null;
  return countsUndisclosed(unknown) && undisclosed.units > 0n ? own + undisclosed.units : own;
}
