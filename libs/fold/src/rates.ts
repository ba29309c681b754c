import { compareUtf8 } from '#libs/events';
import { decimal, over, ONE, times, type Rational } from './exact.ts';
import type { FxRatePublished } from './fact.ts';
import type { Day, Position } from './timeline.ts';

/** How many units of the currency asked for one unit of another costs. */
export interface ExchangeRate {
  /** Exact: an inverse is not rounded. */
  readonly rate: Rational;
  /** The entries that published it, ascending; none from a currency to itself. */
  readonly entries: readonly Position[];
  /** The day of the rate; through USD the earlier of the two. The day asked for, for a currency itself. */
  readonly on: Day;
}

const PIVOT = 'USD';

/**
 * All published rates, in order of their days.
 * Rule: docs/rules.md#c1
 */
export class Rates {
  /** By `base/quote`, days ascending: one fact a day. */
  readonly #published: ReadonlyMap<string, readonly FxRatePublished[]>;

  constructor(facts: Iterable<FxRatePublished>) {
    const published = new Map<string, FxRatePublished[]>();
    for (const fact of facts) {
      const pair = pairOf(fact.base, fact.quote);
      const days = published.get(pair);
      if (days === undefined) published.set(pair, [fact]);
      else days.push(fact);
    }
    for (const days of published.values()) {
      days.sort((a, b) => compareUtf8(a.date.earliest, b.date.earliest));
    }
    this.#published = published;
  }

  /**
   * The latest of the direct and the inverse rate on or before `day`, of one day the direct; only
   * where neither exists, through USD by the same rule. Null: `missing-fx-rate`.
   */
  rateOn(from: string, to: string, day: Day): ExchangeRate | null {
    if (from === to) return { rate: ONE, entries: [], on: day };
    const near = this.#directOrInverse(from, to, day);
    if (near !== null || from === PIVOT || to === PIVOT) return near;
    const there = this.#directOrInverse(from, PIVOT, day);
    const back = this.#directOrInverse(PIVOT, to, day);
    if (there === null || back === null) return null;
    return {
      rate: times(there.rate, back.rate),
      entries: [...there.entries, ...back.entries].sort((a, b) => a - b),
      on: there.on < back.on ? there.on : back.on,
    };
  }

  #directOrInverse(from: string, to: string, day: Day): ExchangeRate | null {
    const direct = this.#latest(from, to, day);
    const inverse = this.#latest(to, from, day);
    if (direct !== null && (inverse === null || direct.date.earliest >= inverse.date.earliest)) {
      return published(direct, decimal(direct.rate.value));
    }
    return inverse === null ? null : published(inverse, over(ONE, decimal(inverse.rate.value)));
  }

  #latest(base: string, quote: string, day: Day): FxRatePublished | null {
    const days = this.#published.get(pairOf(base, quote)) ?? [];
    let low = 0;
    let high = days.length; // Of the days below `low` all are on or before, of those from `high` on none.
    while (low < high) {
      const middle = (low + high) >> 1;
      const fact = days[middle];
      if (fact !== undefined && fact.date.earliest <= day) low = middle + 1;
      else high = middle;
    }
    return days[low - 1] ?? null;
  }
}

function pairOf(base: string, quote: string): string {
  return `${base}/${quote}`;
}

function published(fact: FxRatePublished, rate: Rational): ExchangeRate {
  return { rate, entries: [fact.rate.entry], on: fact.date.earliest };
}
