import { backingOf, joined, named } from './backing.ts';
import type { Change } from './change.ts';
import {
  decimal,
  isPositive,
  minus,
  ONE,
  plus,
  printPlain,
  sum,
  times,
  type Rational,
} from './exact.ts';
import type {
  Consideration,
  Money,
  Participant,
  Qualifier,
  RoundClosed,
  StatedParty,
} from './fact.ts';
import { paidBy } from './facts/convertible.ts';
import type { HolderFact } from './facts/stake.ts';
import { ascending } from './order.ts';
import type { Purchase } from './timeline.ts';

type Form = Purchase['consideration'][number];
type Sum = Purchase['known'][number];

/**
 * What each participant of a round paid: its amount, or the round's where it was alone. In which
 * form it paid is what it states; the rest of a known amount has no known form.
 * Rule: docs/rules.md#p1
 */
export function notePurchasesOf(change: Change, round: RoundClosed): void {
  for (const participant of round.participants) {
    const paid = paidBy(round, participant);
    const { investor, consideration } = participant;
    const backing = joined(backingOf(round), named(investor), named(paid), named(consideration));
    note(change, {
      holder: investor.value,
      ref: `${round.roundId}#${round.tranche}`,
      replacesEarlier: false,
      known: (paid?.value ?? []).map(sumOf),
      unknown: paid === undefined,
      consideration: formsOf(participant, paid?.value ?? []),
      entries: ascending(backing.entries),
    });
  }
}

/**
 * What a holder paid for what was issued to it, or a counterparty for what came to it: known if
 * every form states an amount. A disclosure's consideration is all that its holder paid to date.
 * Rule: docs/rules.md#p1
 */
export function noteConsideration(change: Change, { fact, holder }: HolderFact): void {
  const forms = fact.consideration?.value ?? [];
  const buyer = buyerOf({ fact, holder });
  if (buyer === undefined) return;
  const isDisclosure = fact.kind.value === 'disclosure';
  if (isDisclosure && forms.length === 0) return;
  const amounts = forms.flatMap(({ amount }) => amount ?? []);
  const isKnown = forms.length > 0 && amounts.length === forms.length;
  const backing = joined(backingOf(fact), named(buyer), named(fact.consideration));
  note(change, {
    holder: buyer.value,
    ref: isDisclosure ? fact.key : (fact.transactionIds[0]?.value ?? fact.key),
    replacesEarlier: isDisclosure,
    known: isKnown ? sumsOf(amounts) : [],
    unknown: !isKnown,
    consideration: forms.length > 0 ? forms.flatMap((form) => formsIn(form, [])) : [UNKNOWN_FORM],
    entries: ascending(backing.entries),
  });
}

function buyerOf({ fact, holder }: HolderFact): StatedParty | undefined {
  switch (fact.kind.value) {
    case 'issuance':
    case 'disclosure':
      return holder;
    case 'transfer':
    case 'exit':
      return fact.counterparty;
    case 'repurchase':
    case 'cancellation':
    case 'conversion':
    case 'exercise':
    case 'split':
      return undefined;
  }
}

const UNKNOWN_FORM: Form = { form: 'unknown', currency: null, amount: null, qualifier: 'exact' };

/** In which forms a participant paid; the rest of a known amount has no known form. */
function formsOf({ consideration }: Participant, paid: readonly Money[]): readonly Form[] {
  const forms = consideration?.value ?? [];
  const stated = forms.flatMap((form) => formsIn(form, paid));
  if (paid.length === 0) return stated.length > 0 ? stated : [UNKNOWN_FORM];
  const portions = forms.flatMap(({ amount, portion }) =>
    amount === undefined && portion !== undefined ? [decimal(portion)] : [],
  );
  const rest = minus(ONE, sum(portions));
  if (portions.length < forms.length || !isPositive(rest)) return stated;
  return [...stated, ...paid.map((money) => ({ form: 'unknown' as const, ...part(money, rest) }))];
}

/** A portion is of what was paid; without that, nobody said how much. */
function formsIn(stated: Consideration, paid: readonly Money[]): Form[] {
  const { form, amount, portion, qualifier } = stated;
  if (amount !== undefined) return [{ form, ...vague(amount, qualifier) }];
  if (portion === undefined || paid.length === 0) {
    return [{ form, currency: null, amount: null, qualifier }];
  }
  return paid.map((money) => ({ form, ...vague(part(money, decimal(portion)), qualifier) }));
}

function part({ amount, ...money }: Money, portion: Rational): Money {
  return { ...money, amount: printPlain(times(decimal(amount), portion)) };
}

/** As vague as the form was stated, or else as the sum was. */
function vague(money: Money, qualifier: Qualifier): Money {
  return qualifier === 'exact' ? money : { ...money, qualifier };
}

function sumOf({ amount, currency }: Money): Sum {
  return { currency, amount };
}

/** One sum a currency. */
function sumsOf(amounts: readonly Money[]): readonly Sum[] {
  const sums = new Map<string, string>();
  for (const { amount, currency } of amounts) {
    const earlier = decimal(sums.get(currency) ?? '0');
    sums.set(currency, printPlain(plus(earlier, decimal(amount))));
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

function note(change: Change, purchase: Omit<Purchase, 'ordinal'>): void {
  change.purchases.push({ ...purchase, ordinal: change.purchases.length + 1 });
}
