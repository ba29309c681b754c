import type { Believed } from './believe.ts';
import type { Money } from './claims.ts';
import { byBytes } from './claims.ts';
import type { Fact, Fields } from './fact.ts';
import { dateOf } from './fact.ts';
import type { Fraction } from './fraction.ts';
import {
  ZERO,
  compare,
  decimal,
  minus,
  printPlain,
  sum,
  times,
  toTenDecimals,
} from './fraction.ts';
import { rate } from './rates.ts';

/** A deal as of a day: its last stage, with what earlier stages said and it does not. */
export interface Deal {
  readonly dealId: string;
  readonly company: string;
  readonly stage: string;
  readonly fields: Fields;
  /** Of the last stage that lists any. */
  readonly investors: Fact['investors'];
  /** Rounds of its company that name the deal, up to the day. */
  readonly rounds: readonly Fact[];
}

/** B6: "Deals: along `announcedOn`, fields absent in a later stage carry forward." */
export function dealsAsOf(believed: Believed, asOf: string): Deal[] {
  const stages = believed.facts
    .filter(({ type }) => type === 'deal-announced')
    .filter((fact) => dateOf(fact).value.earliest <= asOf)
    .sort((a, b) => byBytes(dateOf(a).value.earliest, dateOf(b).value.earliest));
  const ids = new Set(stages.map(({ key }) => String(key[1])));
  return [...ids].sort(byBytes).map((dealId) => {
    const of = stages.filter(({ key }) => key[1] === dealId);
    const fields: Fields = Object.assign({}, ...of.map((stage) => stage.fields)) as Fields;
    return {
      dealId,
      fields,
      company: fields.company?.value ?? '',
      stage: fields.stage?.value ?? '',
      investors: of.findLast(({ investors }) => investors.length > 0)?.investors ?? [],
      rounds: believed.facts.filter(
        (fact) =>
          fact.type === 'round-closed' &&
          fact.fields.dealId?.value === dealId &&
          fact.fields.company?.value === fields.company?.value &&
          dateOf(fact).value.earliest <= asOf,
      ),
    };
  });
}

/** "closed once a round names its `dealId`" */
export const isClosed = ({ rounds }: Deal): boolean => rounds.length > 0;

/** "stage history and pipeline (not closed, not dropped …)" */
export const pipeline = (deals: readonly Deal[]): Deal[] =>
  deals.filter((deal) => !isClosed(deal) && deal.stage !== 'dropped');

/** "pledged (signed, not yet closed)": what this party is said to put in, per deal; null: amount not stated. */
export const pledgedBy = (
  deals: readonly Deal[],
  { company, holder }: { readonly company: string; readonly holder: string },
): (readonly Money[] | null)[] =>
  deals
    .filter((deal) => deal.company === company && deal.stage === 'signed' && !isClosed(deal))
    .flatMap(({ investors, fields }) =>
      investors
        .filter(({ investor }) => investor.value === holder)
        .map(({ amounts }) => amounts?.value ?? wholeOf(investors, fields)),
    );

/** A deal cannot say that its list is complete; who alone is named is taken to pledge all of it. */
const wholeOf = (investors: Fact['investors'], { amount }: Fields): readonly Money[] | null =>
  investors.length === 1 && amount !== undefined ? [amount.value] : null;

/** `closedAmount` and `remaining`, in the deal's currency; null where a round or the deal states no amount or no rate is known. */
export function closedAmount(
  believed: Believed,
  { fields, rounds }: Deal,
): { readonly closed: string | null; readonly remaining: string | null } {
  const { amount } = fields;
  const currency = amount?.value.currency ?? rounds[0]?.fields.amount?.value.currency;
  const parts = rounds.map((round) => inCurrency(believed, round, currency));
  if (parts.length === 0 || parts.some((part) => part === null)) {
    return { closed: null, remaining: null };
  }
  const closed = sum(parts.filter((part) => part !== null));
  const left = amount === undefined ? null : minus(decimal(amount.value.amount), closed);
  const shown = left !== null && compare(left, ZERO) < 0 ? ZERO : left;
  return { closed: printPlain(closed), remaining: shown === null ? null : printPlain(shown) };
}

function inCurrency(
  believed: Believed,
  round: Fact,
  currency: string | undefined,
): Fraction | null {
  const { amount } = round.fields;
  if (amount === undefined || currency === undefined) return null;
  const day = dateOf(round).value.earliest;
  const found = rate(believed, [amount.value.currency, currency], day);
  if (found === null) return null;
  return toTenDecimals(times(decimal(amount.value.amount), found.rate));
}
