import { backingOf, feedOf, named } from '../backing.ts';
import type { Change } from '../change.ts';
import type { LineKey } from '../company.ts';
import { decimal, ofUnits, over, times, toUnits } from '../exact.ts';
import type { StakeChanged } from '../fact.ts';
import { fits, issue } from '../register.ts';
import type { Units } from '../timeline.ts';

/**
 * Multiplies all units, or those of one class, by the ratio; each account is rounded for itself. A
 * notional company has no shares to split.
 * Rule: docs/rules.md#s3
 */
export function split(change: Change, fact: StakeChanged): void {
  if (!change.isRegister || fact.ratio === undefined) return;
  const { numerator, denominator } = fact.ratio.value;
  const ratio = over(decimal(numerator), decimal(denominator));
  const added: { key: LineKey; units: Units }[] = [];
  for (const key of accounts(change, fact.stockClass?.value)) {
    const { units } = change.line(key);
    added.push({ key, units: toUnits(times(ofUnits(units), ratio)) - units });
  }
  const feed = feedOf('recorded', backingOf(fact), named(fact.ratio));
  const total = added.reduce((sum, { units }) => sum + units, 0n);
  if (!fits(change, total, feed.entries)) return;
  for (const { key, units } of added) issue(change, key, units, feed);
  if (feed.estimated && total !== 0n) change.estimateTotals();
}

function accounts(change: Change, stockClass: string | undefined): LineKey[] {
  return [...change.company.holders.entries()].flatMap(([holder, { lines }]) =>
    lines
      .filter(([name, { units }]) => units !== 0n && (stockClass ?? name) === name)
      .map(([name]) => ({ holder, stockClass: name })),
  );
}
