import type { Believed } from './believe.ts';
import { byBytes } from './claims.ts';
import type { Company, Valuation } from './company.ts';
import type { Fact } from './fact.ts';
import { dateOf } from './fact.ts';
import type { Fraction } from './fraction.ts';
import { compare, decimal, exactly, over, print, printPlain, times } from './fraction.ts';
import { Grounds } from './grounds.ts';
import { postMoneyOf } from './money.ts';
import { rate } from './rates.ts';

const restingOn = ({ entries, estimated }: Grounds) => ({ entries, estimated });

/**
 * "**valuations**: post-money series (rounds, secondaries, stated figures, each with its kind; in a share register
 * also pricePerShare × T)". What a round adds to it, after what it did to the company.
 */
export function valueRound(company: Company, round: Fact): void {
  const kind = round.fields.kind?.value;
  if (kind !== 'equity' && kind !== 'secondary' && kind !== 'acquisition') return;
  const sequence = round.fields.sequence?.value ?? 0;
  const of = { on: company.day, sequence, ref: `${String(round.key[1])}#${String(round.key[2])}` };
  const { length } = company.findings;
  const postMoney = postMoneyOf(company, round);
  // Only a rule of the fold "uses" money: what this series alone would convert raises nothing.
  company.findings.length = length;
  if (postMoney !== null) {
    const { value, currency } = postMoney;
    const grounds = Grounds.of(round).with(postMoney.grounds);
    company.valuations.push({ ...of, kind, value, currency, ...restingOn(grounds) });
  }
  const { pricePerShare } = round.fields;
  if (company.register !== 'recorded' || pricePerShare === undefined) return;
  if (company.unitsInIssue <= 0n) return; // A price of nothing values nothing.
  const value = times(decimal(pricePerShare.value.amount), exactly(company.unitsInIssue));
  const { currency } = pricePerShare.value;
  const grounds = Grounds.of(round).useMoney(pricePerShare);
  grounds.estimated ||= company.estimatedAt > 0; // So is T.
  company.valuations.push({
    ...of,
    kind: 'price-per-share',
    value,
    currency,
    ...restingOn(grounds),
  });
}

/** Stated figures: metric valuation, of this company, with an amount. */
function statedValuations(believed: Believed, company: string): Valuation[] {
  return believed.facts.flatMap((fact) => {
    const { subject, metric, amount, figureId } = fact.fields;
    if (fact.type !== 'figure-stated' || metric?.value !== 'valuation') return [];
    if (subject?.value !== company || amount === undefined) return [];
    return [
      {
        on: dateOf(fact).value.earliest,
        sequence: 0,
        kind: 'stated' as const,
        ref: figureId?.value ?? '',
        value: decimal(amount.value.amount),
        currency: amount.value.currency,
        ...restingOn(Grounds.of(fact).use(subject).use(metric).useMoney(amount)),
      },
    ];
  });
}

/** The whole series up to a day, in T2's order; a stated figure comes after a round of the same day and sequence. */
export function seriesAsOf(company: Company, asOf: string): Valuation[] {
  const stated = statedValuations(company.believed, company.id)
    .filter(({ on }) => on <= asOf)
    .sort((a, b) => byBytes(a.ref, b.ref));
  return [...company.valuations, ...stated].sort(
    (a, b) => byBytes(a.on, b.on) || a.sequence - b.sequence,
  );
}

/** A row of the valuations answer (4-http.md). */
export interface ValuationRow {
  readonly on: string;
  readonly kind: Valuation['kind'];
  readonly ref: string;
  readonly postMoney: Readonly<Record<string, string>>;
  readonly step: string | null;
  readonly direction: 'up' | 'down' | 'flat' | null;
  readonly estimated: boolean;
}

/** "… with step multiple and direction (up, down, flat); across currencies at the later day's rate." P1: "step 6". */
export const valuationRows = (believed: Believed, series: readonly Valuation[]): ValuationRow[] =>
  series.map((valuation, index) => {
    const before = series[index - 1];
    const { on, kind, ref, value, currency, estimated } = valuation;
    const multiple = before === undefined ? null : step(believed, before, valuation);
    const order = multiple === null ? null : compare(multiple, { top: 1n, bottom: 1n });
    return {
      ...{ on, kind, ref, estimated },
      postMoney: { [currency]: printPlain(value) },
      step: multiple === null ? null : print(multiple, 6),
      direction: order === null ? null : order > 0 ? 'up' : order < 0 ? 'down' : 'flat',
    };
  });

function step(believed: Believed, before: Valuation, after: Valuation): Fraction | null {
  const found = rate(believed, [before.currency, after.currency], after.on);
  if (found === null || before.value.top === 0n) return null;
  return over(after.value, times(before.value, found.rate));
}
