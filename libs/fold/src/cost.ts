import type { PartyId } from '#libs/events';
import {
  compare,
  decimal,
  isPositive,
  over,
  plus,
  printAt,
  printPlain,
  roundHalfEven,
  times,
  ZERO,
  type Rational,
} from './exact.ts';
import type { Rates } from './rates.ts';
import type { Day, Position, Purchase, Timeline, Valuation } from './timeline.ts';

/** What was paid: known sums by currency, and how many purchases of which some of the price is not. */
export interface Cost {
  readonly known: Readonly<Record<string, string>>;
  readonly unknown: number;
}

/** All that a holder paid for what it has in a company. */
export interface Paid {
  readonly cost: Cost;
  readonly consideration: Purchase['consideration'];
  /** Days of its first and last purchase; a disclosed cost is none. */
  readonly firstOn: Day | null;
  readonly lastOn: Day | null;
  readonly entries: readonly Position[];
}

/**
 * What a holder paid. A disclosure's total cost to date takes the place of all before it.
 * Rule: docs/rules.md#p1
 */
export function costOf({ days }: Timeline, holder: PartyId): Paid {
  const all = days.flatMap(({ day, purchases }) =>
    purchases.filter((of) => of.holder === holder).map((purchase) => ({ day, purchase })),
  );
  const from = all.findLastIndex(({ purchase }) => purchase.replacesEarlier);
  const counting = all.slice(from < 0 ? 0 : from).map(({ purchase }) => purchase);
  const bought = all.filter(({ purchase }) => !purchase.replacesEarlier);
  return {
    cost: {
      known: knownSums(counting),
      unknown: counting.filter(({ unknown }) => unknown).length,
    },
    consideration: counting.flatMap(({ consideration }) => consideration),
    firstOn: bought[0]?.day ?? null,
    lastOn: bought.at(-1)?.day ?? null,
    entries: all.flatMap(({ purchase }) => purchase.entries),
  };
}

function knownSums(purchases: readonly Purchase[]): Cost['known'] {
  const sums = new Map<string, Rational>();
  for (const { currency, amount } of purchases.flatMap(({ known }) => known)) {
    sums.set(currency, plus(sums.get(currency) ?? ZERO, decimal(amount)));
  }
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, printPlain(sum)]));
}

/**
 * How many times its cost a holding is worth, 2 decimals; null where some of the cost is not known,
 * nothing was paid, or a currency has no rate on the valuation's day.
 * Rule: docs/rules.md#p1
 */
export function multipleOf(
  { cost }: Paid,
  rates: Rates,
  of: { readonly valuation: Valuation; readonly on: Day; readonly value: Rational },
): string | null {
  if (cost.unknown > 0) return null;
  let total = ZERO;
  for (const [currency, amount] of Object.entries(cost.known)) {
    const rate = rates.rateOn(currency, of.valuation.currency, of.on);
    if (rate === null) return null;
    total = plus(total, roundHalfEven(times(decimal(amount), rate.rate)));
  }
  return isPositive(total) && compare(of.value, ZERO) >= 0
    ? printAt(over(of.value, total), 2)
    : null;
}
