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

/** Where two currencies have no rate of their own, both have one with this (C1). */
export const PIVOT = 'USD';

/**
 * All published rates, in order of their days.
 * Rule: docs/rules.md#c1
 */
export class Rates {
  /** By `base/quote`, days ascending: one fact a day. */
  readonly #published = new Map<string, FxRatePublished[]>();

  constructor(facts: Iterable<FxRatePublished> = []) {
    for (const fact of facts) this.put(fact);
  }

  /** The fact takes the place of another on its day, if there is one. */
  put(fact: FxRatePublished): void {
    const pair = pairOf(fact.base, fact.quote);
    const days = this.#published.get(pair) ?? [];
    this.#published.set(pair, days);
    const after = countUntil(days, fact.date.earliest);
    const replaces = days[after - 1]?.date.earliest === fact.date.earliest;
    days.splice(replaces ? after - 1 : after, replaces ? 1 : 0, fact);
  }

  drop({ base, quote, date }: FxRatePublished): void {
    const days = this.#published.get(pairOf(base, quote)) ?? [];
    const after = countUntil(days, date.earliest);
    if (days[after - 1]?.date.earliest === date.earliest) days.splice(after - 1, 1);
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
    return days[countUntil(days, day) - 1] ?? null;
  }
}

/** How many of the facts, days ascending, are on or before a day. */
function countUntil(days: readonly FxRatePublished[], day: Day): number {
  let low = 0;
  let high = days.length; // All below `low` are on or before the day, none from `high` on.
  while (low < high) {
    const middle = (low + high) >> 1;
    const fact = days[middle];
    if (fact !== undefined && fact.date.earliest <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pairOf(base: string, quote: string): string {
  return `${base}/${quote}`;
}

function published(fact: FxRatePublished, rate: Rational): ExchangeRate {
  return { rate, entries: [fact.rate.entry], on: fact.date.earliest };
}
