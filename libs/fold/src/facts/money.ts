import { backingOf, figured, joined, NO_BACKING, type Backing } from '../backing.ts';
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
export function moneyOf(change: Change, round: RoundClosed): RoundMoney {
  const postMoney = postMoneyOf(change, round);
  if (postMoney === null) return { postMoney, raised: null };
  const { amount } = round;
  const raised = amount && convert(change, round, { money: amount, to: postMoney.currency });
  return { postMoney, raised: raised ?? stepUp(change, round) };
}

/**
 * P is `postMoney`; else `preMoney` + m; else Σ amount / Σ ownership over the participants that
 * state both, in the currency of the round's `amount`.
 * Rule: docs/rules.md#r1
 */
export function postMoneyOf(change: Change, round: RoundClosed): UsedMoney | null {
  const { amount, preMoney, postMoney } = round;
  if (postMoney !== undefined) return stated(postMoney);
  if (amount === undefined) return null;
  if (preMoney !== undefined) {
    const raised = convert(change, round, { money: amount, to: preMoney.value.currency });
    if (raised !== null) return added(stated(preMoney), raised);
  }
  return impliedByParts(change, round, amount);
}

/**
 * m in a share register, which uses no P: `amount`, else `postMoney` − `preMoney` if positive. Its
 * currency is the one participants' amounts convert into.
 * Rule: docs/rules.md#r1
 */
export function raisedInRegister(change: Change, round: RoundClosed): UsedMoney | null {
  return round.amount === undefined ? stepUp(change, round) : stated(round.amount);
}

/** A sum in another currency, at the rate of the round's day; null and a finding without one. */
export function convert(
  change: Change,
  round: RoundClosed,
  { money, to }: { money: Stated<Money>; to: string },
): UsedMoney | null {
  const { amount, currency } = money.value;
  if (currency === to) return stated(money);
  const rate = change.grounds.rates.rateOn(currency, to, change.day);
  if (rate === null) {
    change.find('missing-fx-rate', [...backingOf(round).entries, money.entry]);
    return null;
  }
  return {
    value: roundHalfEven(times(decimal(amount), rate.rate)),
    currency: to,
    backing: { entries: [money.entry, ...rate.entries], estimated: true },
  };
}

export function stated(money: Stated<Money>): UsedMoney {
  const { amount, currency } = money.value;
  return { value: decimal(amount), currency, backing: figured(money) };
}

function added(a: UsedMoney, b: UsedMoney): UsedMoney {
  return { ...a, value: plus(a.value, b.value), backing: joined(a.backing, b.backing) };
}

function stepUp(change: Change, round: RoundClosed): UsedMoney | null {
  const { preMoney, postMoney } = round;
  if (preMoney === undefined || postMoney === undefined) return null;
  const after = stated(postMoney);
  const before = convert(change, round, { money: preMoney, to: after.currency });
  if (before === null) return null;
  const value = minus(after.value, before.value);
  const backing = joined(after.backing, before.backing);
  return isPositive(value) ? { ...after, value, backing } : null;
}

function impliedByParts(
  change: Change,
  round: RoundClosed,
  amount: Stated<Money>,
): UsedMoney | null {
  const { currency } = amount.value;
  const parts = round.participants.flatMap((participant) => {
    if (participant.amount === undefined || participant.ownership === undefined) return [];
    const paid = convert(change, round, { money: participant.amount, to: currency });
    if (paid === null) return [];
    return [{ paid, bought: participant.ownership }];
  });
  const bought = sum(parts.map((part) => decimal(part.bought.value.figure)));
  if (!isPositive(bought)) return null;
  const backing = parts.reduce(
    (all, part) => joined(all, part.paid.backing, figured(part.bought)),
    NO_BACKING,
  );
  return { value: over(sum(parts.map(({ paid }) => paid.value)), bought), currency, backing };
}
