import { backingOf, figured, joined, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import {
  decimal,
  isPositive,
  minus,
  over,
  plus,
  roundHalfEven,
  sum,
  times,
  type Rational,
} from '../exact.ts';
import type { Money, RoundClosed, Stated } from '../fact.ts';

/** The day's rates, and where it is noted that one is missing. */
export type Reckoning = Pick<Change, 'grounds' | 'day' | 'find'>;

/** A sum that a rule uses, in the currency the rule reckons in. */
export interface UsedMoney {
  readonly value: Rational;
  readonly currency: string;
  readonly backing: Backing;
}

/** P and m, in P's currency; null where nobody said, or not in a currency with a rate. */
export interface RoundMoney {
  readonly postMoney: UsedMoney | null;
  readonly raised: UsedMoney | null;
}

/**
 * m is `amount`, in P's currency, else `postMoney` − `preMoney` if positive.
 * Rule: docs/rules.md#r1
 */
export function moneyOf(on: Reckoning, round: RoundClosed): RoundMoney {
  const postMoney = postMoneyOf(on, round);
  if (postMoney === null) return { postMoney, raised: null };
  const { amount } = round;
  const raised = amount && convert(on, round, { money: amount, to: postMoney.currency });
  return { postMoney, raised: raised ?? stepUp(on, round) };
}

/**
 * P is `postMoney`; else `preMoney` + m; else Σ amount / Σ ownership over the participants that
 * state both, in the currency of the round's `amount` (without one, of the first of theirs).
 * Rule: docs/rules.md#r1
 */
export function postMoneyOf(on: Reckoning, round: RoundClosed): UsedMoney | null {
  const { amount, preMoney, postMoney } = round;
  if (postMoney !== undefined) return stated(postMoney);
  if (preMoney !== undefined && amount !== undefined) {
    const raised = convert(on, round, { money: amount, to: preMoney.value.currency });
    if (raised !== null) return added(stated(preMoney), raised);
  }
  return impliedByParts(on, round);
}

/**
 * m in a share register, which uses no P: `amount`, else `postMoney` − `preMoney` if positive. Its
 * currency is the one participants' amounts convert into.
 * Rule: docs/rules.md#r1
 */
export function raisedInRegister(on: Reckoning, round: RoundClosed): UsedMoney | null {
  return round.amount === undefined ? stepUp(on, round) : stated(round.amount);
}

/** A converted amount is rounded before it is summed; a stated one is as short already (P1). */
function summand({ value }: UsedMoney): Rational {
  return roundHalfEven(value);
}

/** A sum in another currency, at the rate of the round's day; null and a finding without one. */
export function convert(
  on: Reckoning,
  round: RoundClosed,
  { money, to }: { money: Stated<Money>; to: string },
): UsedMoney | null {
  const { amount, currency } = money.value;
  if (currency === to) return stated(money);
  const rate = on.grounds.rates.rateOn(currency, to, on.day);
  if (rate === null) {
    on.find('missing-fx-rate', [...backingOf(round).entries, money.entry]);
    return null;
  }
  return {
    value: times(decimal(amount), rate.rate),
    currency: to,
    backing: { entries: [money.entry, ...rate.entries], estimated: true },
  };
}

/** What a participant paid, one sum a currency, together; those without a rate count as absent. */
export function paidIn(
  on: Reckoning,
  round: RoundClosed,
  { amounts, to }: { amounts: Stated<readonly Money[]>; to: string },
): UsedMoney | null {
  const paid = amounts.value.flatMap((value) => {
    const money = { value, entry: amounts.entry };
    return convert(on, round, { money, to }) ?? [];
  });
  const [first, ...others] = paid;
  if (first === undefined || others.length === 0) return first ?? null;
  return {
    value: sum(paid.map(summand)),
    currency: to,
    backing: joined(...paid.map(({ backing }) => backing)),
  };
}

export function stated(money: Stated<Money>): UsedMoney {
  const { amount, currency } = money.value;
  return { value: decimal(amount), currency, backing: figured(money) };
}

function added(a: UsedMoney, b: UsedMoney): UsedMoney {
  return { ...a, value: plus(summand(a), summand(b)), backing: joined(a.backing, b.backing) };
}

function stepUp(on: Reckoning, round: RoundClosed): UsedMoney | null {
  const { preMoney, postMoney } = round;
  if (preMoney === undefined || postMoney === undefined) return null;
  const after = stated(postMoney);
  const before = convert(on, round, { money: preMoney, to: after.currency });
  if (before === null) return null;
  const value = minus(after.value, summand(before));
  const backing = joined(after.backing, before.backing);
  return isPositive(value) ? { ...after, value, backing } : null;
}

function impliedByParts(on: Reckoning, round: RoundClosed): UsedMoney | null {
  const stating = round.participants.flatMap(({ amounts, ownership }) =>
    amounts === undefined || ownership === undefined ? [] : [{ amounts, ownership }],
  );
  const to = (round.amount?.value ?? stating[0]?.amounts.value[0])?.currency;
  if (to === undefined) return null;
  const parts = stating.flatMap(({ amounts, ownership }) => {
    const paid = paidIn(on, round, { amounts, to });
    return paid === null ? [] : [{ paid, ownership }];
  });
  const bought = sum(parts.map(({ ownership }) => decimal(ownership.value.figure)));
  if (!isPositive(bought)) return null;
  const figures = parts.flatMap(({ paid, ownership }) => [paid.backing, figured(ownership)]);
  const value = over(sum(parts.map(({ paid }) => summand(paid))), bought);
  return { value, currency: to, backing: joined(...figures) };
}
