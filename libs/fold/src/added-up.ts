import type { PartyId } from '#libs/events';
import type { NamedParty } from './compete.ts';
import { decimal, plus, printPlain, times } from './exact.ts';
import type { Consideration, Money, Ownership, Qualifier, Shares } from './fact.ts';
import { present } from './stated.ts';

/** What one claim says of one investor. */
export interface Part {
  readonly investor: NamedParty;
  readonly role?: 'lead' | 'participant';
  /** One sum a currency, in the order of first mention. */
  readonly amounts?: readonly Money[];
  readonly shares?: Shares;
  readonly ownership?: Ownership;
  readonly consideration?: readonly Consideration[];
}

/**
 * One part an investor, in the order in which the claim first names each: an investor listed twice
 * is added up, money one sum a currency; its role is the first stated.
 * Rule: docs/rules.md#b4
 */
export function addUp(parts: readonly Part[]): ReadonlyMap<PartyId, Part> {
  const listed = new Map<PartyId, Part[]>();
  for (const part of parts) {
    const others = listed.get(part.investor.id);
    if (others === undefined) listed.set(part.investor.id, [part]);
    else others.push(part);
  }
  return new Map([...listed].map(([investor, of]) => [investor, total(of)]));
}

function total(parts: readonly Part[]): Part {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('nobody to add up');
  if (others.length === 0) return first;
  return present({
    investor: first.investor,
    role: stated(parts, 'role')[0],
    amounts: totalMoney(stated(parts, 'amounts').flat()),
    shares: totalShares(stated(parts, 'shares')),
    ownership: totalOwnership(stated(parts, 'ownership')),
    consideration: totalConsideration(parts),
  });
}

function stated<K extends keyof Part>(parts: readonly Part[], field: K): NonNullable<Part[K]>[] {
  return parts.flatMap((part) => {
    const value = part[field];
    return value === undefined ? [] : [value];
  });
}

function totalMoney(sums: readonly Money[]): readonly Money[] | undefined {
  const currencies = [...new Set(sums.map(({ currency }) => currency))];
  const totals = currencies.map((currency) => {
    const alike = sums.filter((sum) => sum.currency === currency);
    return { amount: total10(alike, ({ amount }) => amount), currency, ...vague(alike) };
  });
  return totals.length === 0 ? undefined : totals;
}

function totalShares(numbers: readonly Shares[]): Shares | undefined {
  if (numbers.length === 0) return undefined;
  return { figure: total10(numbers, ({ figure }) => figure), ...vague(numbers) };
}

/** A part bought is a part of the whole round's outcome, on whichever basis it was reckoned. */
function totalOwnership(portions: readonly Ownership[]): Ownership | undefined {
  const [first] = portions;
  if (first === undefined) return undefined;
  const alike = portions.every(({ basis }) => basis === first.basis);
  return {
    figure: total10(portions, ({ figure }) => figure),
    ...vague(portions),
    basis: alike ? first.basis : 'outstanding',
  };
}

/** A portion is of its own listing's amount, so beside others it can only stand as a sum. */
function totalConsideration(parts: readonly Part[]): readonly Consideration[] | undefined {
  const forms = parts.flatMap(({ consideration = [], amounts: [whole] = [] }) =>
    consideration.map((form) => (whole === undefined ? form : asSum(form, whole))),
  );
  return forms.length === 0 ? undefined : forms;
}

function asSum(form: Consideration, whole: Money): Consideration {
  if (form.amount !== undefined || form.portion === undefined) return form;
  const amount = printPlain(times(decimal(form.portion), decimal(whole.amount)));
  const { qualifier } = vague([form, whole]);
  return { form: form.form, amount: { amount, currency: whole.currency, qualifier }, qualifier };
}

function total10<T>(items: readonly T[], figure: (item: T) => string): string {
  return printPlain(items.map((item) => decimal(figure(item))).reduce(plus));
}

/** A sum is as exact as its parts: vague parts of one sort give that sort, of several `about`. */
function vague(parts: readonly { readonly qualifier: Qualifier }[]): { qualifier: Qualifier } {
  const sorts = new Set(parts.map(({ qualifier }) => qualifier));
  sorts.delete('exact');
  const [only, another] = sorts;
  return { qualifier: another === undefined ? (only ?? 'exact') : 'about' };
}
