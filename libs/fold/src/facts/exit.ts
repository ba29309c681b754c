import { feedOf } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
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
  if (successor === holder) return;
  for (const [stockClass, line] of change.holder(holder).lines) {
    if (stated !== undefined && stated !== stockClass) continue;
    const from = { holder, stockClass };
    const to = { holder: successor, stockClass };
    const names = namesBehind(of);
    const estimated = names.estimated || change.isEstimated(line);
    const feed = { ...feedOf(line.basis, names), estimated };
    if (line.units > 0n) move(change, { from, to, units: line.units }, feed);
    if (isUnknown(line.unknown)) handOver(change, { from, to, feed });
  }
}

/** Rule: docs/rules.md#n5 */
function handOver(
  change: Change,
  { from, to, feed }: { from: LineKey; to: LineKey; feed: Feed },
): void {
  const { unknown } = change.line(from);
  for (const [pool, origin] of unknown.held.entries()) {
    leavePool(change, from.holder, pool);
    joinPool(change, to, { pool, origin, feed });
    entitle(change, to.holder, pool);
  }
  setUnknown(change, from, NOTHING_UNKNOWN);
  change.touch(from, feed.entries);
  if (to.holder === UNDISCLOSED) return;
  feedUnknown(change, to, { unknown: withHandedOver(change.line(to).unknown, unknown), feed });
}
