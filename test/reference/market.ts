import type { Believed } from './believe.ts';
import type { Money } from './claims.ts';
import { byBytes } from './claims.ts';
import type { Fact } from './fact.ts';
import { dateOf } from './fact.ts';
import type { Fraction } from './fraction.ts';
import { decimal, print, sum, times, toTenDecimals } from './fraction.ts';
import { rate } from './rates.ts';

/** "closed: {known, lower, upper, count, undisclosed, unconverted}" of 4-http.md. */
export interface Total {
  readonly known: string;
  readonly lower: string;
  readonly upper: string | null;
  readonly count: number;
  readonly undisclosed: number;
  readonly unconverted: number;
}

export interface TotalsRow {
  readonly period: string;
  readonly closed: Total;
  /** "stated totals (`figure-stated` raised) beside the computed ones" */
  readonly stated: readonly { readonly figureId: string; readonly amount: Money }[];
}

export interface TotalsQuestion {
  readonly by: 'year' | 'quarter' | 'month';
  readonly currency: string;
  readonly asOf: string;
}

/** "market totals by year, quarter or month, in any currency … by the earliest day of `closedOn`; equity by default". */
export function totals(believed: Believed, { by, currency, asOf }: TotalsQuestion): TotalsRow[] {
  const earliest = (fact: Fact): string => dateOf(fact).value.earliest;
  const until = believed.facts
    .filter((fact) => fact.type !== 'fx-rate-published')
    .filter((fact) => earliest(fact) <= asOf);
  const rounds = until.filter(
    ({ type, fields }) => type === 'round-closed' && fields.kind?.value === 'equity',
  );
  const figures = until.filter(
    ({ type, fields }) => type === 'figure-stated' && fields.metric?.value === 'raised',
  );
  const period = (fact: Fact): string => periodOf(earliest(fact), by);
  const periods = new Set([...rounds, ...figures].map(period));
  return [...periods].sort(byBytes).map((name) => ({
    period: name,
    closed: totalOf(
      believed,
      rounds.filter((round) => period(round) === name),
      currency,
    ),
    stated: figures
      .filter((figure) => period(figure) === name)
      .flatMap(({ fields }) =>
        fields.amount
          ? [{ figureId: fields.figureId?.value ?? '', amount: fields.amount.value }]
          : [],
      )
      .sort((a, b) => byBytes(a.figureId, b.figureId)),
  }));
}

function periodOf(day: string, by: TotalsQuestion['by']): string {
  const [year = '', month = ''] = day.split('-');
  if (by === 'year') return year;
  return by === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/**
 * "known sum, lower and upper bound (about counts as itself; under: lower 0; over, undisclosed or unconverted: no
 * upper), count, undisclosed and unconverted counts".
 */
function totalOf(believed: Believed, rounds: readonly Fact[], currency: string): Total {
  const amounts = rounds.flatMap((round) => {
    const { amount } = round.fields;
    return amount === undefined ? [] : [{ amount: amount.value, round }];
  });
  const converted = amounts.flatMap(({ amount, round }) => {
    const value = inCurrency(believed, { amount, currency }, dateOf(round).value.earliest);
    return value === null ? [] : [{ value, qualifier: amount.qualifier ?? 'exact' }];
  });
  const undisclosed = rounds.length - amounts.length;
  const unconverted = amounts.length - converted.length;
  const known = sum(converted.map(({ value }) => value));
  const lower = sum(
    converted.flatMap(({ value, qualifier }) => (qualifier === 'under' ? [] : value)),
  );
  const open =
    undisclosed > 0 || unconverted > 0 || converted.some(({ qualifier }) => qualifier === 'over');
  return {
    known: print(known, 2),
    lower: print(lower, 2),
    upper: open ? null : print(known, 2),
    count: rounds.length,
    undisclosed,
    unconverted,
  };
}

/** P1: "converted amounts 2 …; a converted amount is rounded half-even to 10 decimals before it is summed." */
function inCurrency(
  believed: Believed,
  { amount, currency }: { readonly amount: Money; readonly currency: string },
  day: string,
): Fraction | null {
  const found = rate(believed, [amount.currency, currency], day);
  return found && toTenDecimals(times(decimal(amount.amount), found.rate));
}
