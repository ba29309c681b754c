import type { Money } from './claims.ts';
import type { Company } from './company.ts';
import type { Fact, From, Investor } from './fact.ts';
import type { Fraction } from './fraction.ts';
import {
  ZERO,
  compare,
  decimal,
  minus,
  over,
  plus,
  sum,
  times,
  toTenDecimals,
} from './fraction.ts';
import { Grounds } from './grounds.ts';
import { rate } from './rates.ts';

/** A sum in one currency, and what it rests on beyond its round's own claims. */
export interface Sum {
  readonly value: Fraction;
  readonly currency: string;
  readonly grounds: Grounds;
}

/**
 * R1: "Only money that a rule uses is converted, into P's currency at the round's day (C1); without a rate it
 * counts as absent." C1: "None: finding `missing-fx-rate`."
 */
export function converted(
  company: Company,
  round: Fact,
  money: From<Money>,
  currency: string,
): Sum | null {
  const found = rate(company.believed, [money.value.currency, currency], company.day);
  if (found === null) {
    company.raise('missing-fx-rate', Grounds.of(round).use(money).entries);
    return null;
  }
  return {
    value: times(decimal(money.value.amount), found.rate),
    currency,
    grounds: new Grounds().useMoney(money).useRates(found.entries),
  };
}

const native = (money: From<Money>): Sum => ({
  value: decimal(money.value.amount),
  currency: money.value.currency,
  grounds: new Grounds().useMoney(money),
});

/** P1: "A converted amount is rounded half-even to 10 decimals before it is summed." */
const summand = ({ value }: Sum): Fraction => toTenDecimals(value);

/** An investor's amounts, one a currency, in one currency; null if none of them counts. */
export function amountOf(
  company: Company,
  round: Fact,
  investor: Investor,
  currency: string,
): Sum | null {
  const { amounts } = investor;
  if (amounts === undefined) return null;
  const sums = amounts.value
    .map((value) => converted(company, round, { value, entry: amounts.entry }, currency))
    .filter((one) => one !== null);
  const [first, ...more] = sums;
  if (first === undefined) return null;
  if (more.length === 0) return first;
  return {
    value: sum(sums.map(summand)),
    currency,
    grounds: first.grounds.with(...more.map(({ grounds }) => grounds)),
  };
}

/** What a round raised (m) at which post-money valuation (P), both in P's currency. */
export interface Price {
  readonly raised: Sum;
  readonly postMoney: Sum;
}

/** Both m and P, or null where one of them is not known. */
export function price(company: Company, round: Fact): Price | null {
  const postMoney = postMoneyOf(company, round);
  if (postMoney === null) return null;
  const raised = raisedIn(company, round, postMoney);
  return raised === null ? null : { raised, postMoney };
}

/**
 * R1: "P = `postMoney`; else `preMoney` + m; else Σ amount / Σ ownership over the participants that state both, in
 * `amount`'s currency."
 */
export function postMoneyOf(company: Company, round: Fact): Sum | null {
  const { postMoney, preMoney, amount } = round.fields;
  if (postMoney !== undefined) return native(postMoney);
  if (preMoney !== undefined && amount !== undefined) {
    const raised = converted(company, round, amount, preMoney.value.currency);
    if (raised !== null) {
      return {
        value: plus(decimal(preMoney.value.amount), summand(raised)),
        currency: preMoney.value.currency,
        grounds: new Grounds().useMoney(preMoney).with(raised.grounds),
      };
    }
  }
  return valuedByParticipants(company, round);
}

function valuedByParticipants(company: Company, round: Fact): Sum | null {
  const both = round.investors.filter(({ amounts, ownership }) => amounts && ownership);
  const currency =
    round.fields.amount?.value.currency ?? both[0]?.amounts?.value[0]?.currency ?? null;
  if (currency === null) return null;
  const stating = both.flatMap((investor) => {
    const amount = amountOf(company, round, investor, currency);
    return amount === null || investor.ownership === undefined
      ? []
      : [{ amount, investor, part: decimal(investor.ownership.value) }];
  });
  const parts = sum(stating.map(({ part }) => part));
  if (compare(parts, ZERO) === 0) return null;
  const grounds = new Grounds();
  for (const { investor } of stating) grounds.use(investor.ownership, investor.ownershipQualifier);
  return {
    value: over(sum(stating.map(({ amount }) => summand(amount))), parts),
    currency,
    grounds: grounds.with(...stating.map(({ amount }) => amount.grounds)),
  };
}

/** R1: "m = `amount`, else postMoney − preMoney if positive." */
function raisedIn(company: Company, round: Fact, { currency }: Sum): Sum | null {
  const { amount, postMoney, preMoney } = round.fields;
  const raised = amount === undefined ? null : converted(company, round, amount, currency);
  if (raised !== null || postMoney === undefined || preMoney === undefined) return raised;
  const before = converted(company, round, preMoney, currency);
  if (before === null) return null;
  const value = minus(decimal(postMoney.value.amount), summand(before));
  if (compare(value, ZERO) <= 0) return null;
  return { value, currency, grounds: new Grounds().useMoney(postMoney).with(before.grounds) };
}

/** R1: "A share register uses no P; amounts convert into `amount`'s currency." */
export function raisedInRegister(company: Company, round: Fact): Sum | null {
  const { amount, postMoney } = round.fields;
  if (amount !== undefined) return native(amount);
  return postMoney === undefined ? null : raisedIn(company, round, native(postMoney));
}
