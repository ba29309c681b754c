import type { Money, Qualifier } from './claims.ts';
import type { Fact, From } from './fact.ts';
import { dateOf, strongestEntry } from './fact.ts';

/**
 * What stands behind a posting. L3: "behind a posting stand the strongest claim of its fact, the claim its date
 * came from, and those the names and figures used came from". L5: "a qualifier of a used figure, `~` or a
 * currency conversion" makes it estimated.
 */
export class Grounds {
  readonly entries = new Set<number>();
  estimated = false;

  static of(fact: Fact): Grounds {
    const grounds = new Grounds();
    const date = dateOf(fact);
    grounds.entries.add(strongestEntry(fact)).add(date.entry);
    grounds.estimated = date.value.approximate;
    return grounds;
  }

  /** A name or figure that was used, with the qualifier that goes with it. */
  use(from: From<unknown> | undefined, qualifier?: From<Qualifier>): this {
    if (from !== undefined) this.entries.add(from.entry);
    if (qualifier !== undefined && qualifier.value !== 'exact') this.estimated = true;
    return this;
  }

  useMoney({ value, entry }: From<Money>): this {
    this.entries.add(entry);
    if (value.qualifier !== undefined && value.qualifier !== 'exact') this.estimated = true;
    return this;
  }

  /** L4: "rates included". */
  useRates(entries: readonly number[]): this {
    for (const entry of entries) this.entries.add(entry);
    if (entries.length > 0) this.estimated = true;
    return this;
  }

  with(...others: readonly Grounds[]): Grounds {
    const both = new Grounds();
    for (const grounds of [this, ...others]) {
      for (const entry of grounds.entries) both.entries.add(entry);
      both.estimated ||= grounds.estimated;
    }
    return both;
  }
}
