import { backingOf, figured, joined, named, type Backing } from './backing.ts';
import type { Change } from './change.ts';
import { decimal, isPositive, printPlain, times, type Rational } from './exact.ts';
import type { FigureStated, RoundClosed } from './fact.ts';
import { postMoneyOf, stated, type Reckoning } from './facts/money.ts';
import { ascending } from './order.ts';
import type { Valuation } from './timeline.ts';

/**
 * The points a round gives the valuations series: its post-money, and in a share register its price
 * per share times T, as T is after the round. Debt, grants and convertibles give none.
 * Rule: docs/rules.md#r1
 */
export function noteValuationsOf(change: Change, round: RoundClosed): void {
  const kind = round.kind.value;
  if (kind === 'convertible' || kind === 'debt' || kind === 'grant') return;
  const ref = `${round.roundId}#${round.tranche}`;
  const postMoney = postMoneyOf(quietly(change), round);
  if (postMoney !== null) {
    const { value, currency, backing } = postMoney;
    note(change, { kind, ref, currency }, { value, backing: joined(backingOf(round), backing) });
  }
  const { pricePerShare } = round;
  if (!change.isRegister || pricePerShare === undefined || !isPositive(change.total)) return;
  const { currency, amount } = pricePerShare.value;
  const backing = joined(backingOf(round), figured(pricePerShare));
  const estimated = backing.estimated || change.company.estimatedSince !== null;
  const value = times(decimal(amount), change.total);
  const of = { kind: 'price-per-share', ref, currency } as const;
  note(change, of, { value, backing: { ...backing, estimated } });
}

/** A rate that only the series lacks is no finding: no rule uses it (docs/rules.md#r1). */
function quietly({ grounds, day }: Change): Reckoning {
  return { grounds, day, find: () => undefined };
}

/** A valuation somebody published that is no deal. */
export function noteStatedValuation(change: Change, figure: FigureStated): void {
  if (figure.metric.value !== 'valuation' || figure.amount === undefined) return;
  const { value, currency, backing } = stated(figure.amount);
  const behind = joined(backingOf(figure), named(figure.subject), backing);
  const of = { kind: 'stated', ref: figure.figureId, currency } as const;
  note(change, of, { value, backing: behind });
}

function note(
  change: Change,
  of: Pick<Valuation, 'kind' | 'ref' | 'currency'>,
  { value, backing }: { value: Rational; backing: Backing },
): void {
  change.valuations.push({
    ...of,
    amount: printPlain(value),
    estimated: backing.estimated,
    ordinal: change.valuations.length + 1,
    entries: ascending(backing.entries),
  });
}
