import { need, needDate } from '../compete.ts';
import type { FxRatePublished } from '../fact.ts';
import { readDate } from '../stated.ts';
import { compete, settled, type Group } from './group.ts';

/** The rate of two currencies on a day (docs/rules.md#b4). A conflict has no company to show at. */
export function mergeRate(group: Group<'fx-rate-published'>): FxRatePublished {
  const claims = compete(group, ({ rate, on }) => ({ rate, on: readDate(on) }));
  const { base, quote } = group.ranked[0].claim.data;
  const fields = { base, quote, rate: need(claims, 'rate'), date: needDate(claims, 'on') };
  return { type: 'fx-rate-published', ...fields, ...settled(group, claims, null) };
}
