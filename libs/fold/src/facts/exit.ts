import { feedOf, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import { isUnknown, NOTHING_UNKNOWN, UNDISCLOSED, type LineKey } from '../company.ts';
import { entitle, feedUnknown, joinPool, leavePool, setUnknown } from '../pool.ts';
import { move } from '../register.ts';
import { withHandedOver } from '../unknown.ts';
import { namesBehind, type HolderFact } from './stake.ts';

/**
 * All the holder's positive units (of the class, if one is stated) go to the counterparty, or to
 * `undisclosed`, as sure and as exact as they were. So do its memberships and unknown stakes; with
 * nobody to take them they end.
 * Rule: docs/rules.md#s3
 */
export function exitStake(change: Change, of: HolderFact): void {
  const holder = of.holder.value;
  const successor = of.fact.counterparty?.value ?? UNDISCLOSED;
  const stated = of.fact.stockClass?.value;
  const names = namesBehind(of);
  for (const [stockClass, line] of change.holder(holder).lines) {
    if (stated !== undefined && stated !== stockClass) continue;
    const from = { holder, stockClass };
    const to = { holder: successor, stockClass };
    const estimated = names.estimated || change.isEstimated(line);
    const feed = { ...feedOf(line.basis, names), estimated };
    if (line.units > 0n) move(change, { from, to, units: line.units }, feed);
    if (isUnknown(line.unknown)) handOver(change, { from, to, names });
  }
}

/** Rule: docs/rules.md#n5 */
function handOver(
  change: Change,
  { from, to, names }: { from: LineKey; to: LineKey; names: Backing },
): void {
  const { unknown } = change.line(from);
  const feed = feedOf('undisclosed', names);
  for (const pool of unknown.held.keys()) leavePool(change, from.holder, pool);
  setUnknown(change, from, NOTHING_UNKNOWN);
  if (to.holder === UNDISCLOSED) return;
  for (const [pool, origin] of unknown.held.entries()) {
    joinPool(change, to, { pool, origin, feed });
    entitle(change, to.holder, pool);
  }
  feedUnknown(change, to, { unknown: withHandedOver(change.line(to).unknown, unknown), feed });
}
