import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { believe as productBelief, fold, portfolio as productPortfolio } from '#libs/fold';
import type { Belief } from '#libs/fold';
import type { Believed } from './believe.ts';
import { believe } from './believe.ts';
import { companyAsOf } from './cap-table.ts';
import type { Entry, Money } from './claims.ts';
import { decimal, printPlain } from './fraction.ts';
import { portfolio } from './portfolio.ts';
import { ledgerEntries } from './product.ts';
import { readStory } from './story.ts';
import { streams } from './streams.ts';
import { seriesAsOf } from './valuations.ts';

const runs = Number(process.env['RUNS'] ?? 100);
const seed = Number(process.env['SEED'] ?? 20240220);

const DAYS = ['2023-06-30', '2024-02-20', '2024-12-31'];

type Amounts = Readonly<Record<string, string>>;

/** What both say of a holding, in one shape. */
interface Row {
  readonly holder: string;
  readonly company: string;
  readonly ownership: string | null;
  readonly ownershipAtMost: string | null;
  readonly basis: string | null;
  readonly estimated: boolean;
  readonly cost: { readonly known: Amounts; readonly unknown: number };
  readonly value: Amounts | null;
  readonly multiple: string | null;
  readonly claims: readonly { readonly roundId: string; readonly amount: object | null }[];
  readonly pledged: readonly (Amounts | null)[];
  readonly firstInvestment: string | null;
  readonly lastInvestment: string | null;
}

const inOrder = (amounts: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));
const byCurrency = (all: readonly Money[]): Amounts =>
  inOrder(
    Object.fromEntries(all.map((one) => [one.currency, printPlain(decimal(one.amount))] as const)),
  );

/** Of a holder below zero the words leave open whether its multiple is shown. */
const multipleOf = (row: Pick<Row, 'value' | 'multiple'>): string | null =>
  Object.values(row.value ?? {}).some((value) => value.startsWith('-')) ? null : row.multiple;

interface Asked {
  readonly investor: string;
  readonly asOf: string;
}

const referenceRows = (believed: Believed, { investor, asOf }: Asked): Row[] =>
  portfolio(believed, investor, asOf).map((row) => ({
    ...row,
    cost: { known: byCurrency(row.cost.known), unknown: row.cost.unknown },
    multiple: multipleOf(row),
    pledged: row.pledged.map((amounts) => amounts && byCurrency(amounts)),
  }));

const productRows = (belief: Belief, asked: Asked): Row[] =>
  productPortfolio(timelinesOf(belief), belief, asked).map((row) => ({
    holder: row.holder,
    company: row.company,
    ownership: row.ownership,
    ownershipAtMost: row.ownershipAtMost,
    basis: row.basis,
    estimated: row.estimated,
    cost: { known: inOrder(row.cost.known), unknown: row.cost.unknown },
    value: row.value,
    multiple: multipleOf(row),
    claims: row.claims.map(({ roundId, amount }) => ({ roundId, amount })),
    pledged: row.pledged.map(({ amount }) => amount && inOrder(amount)),
    firstInvestment: row.firstInvestment,
    lastInvestment: row.lastInvestment,
  }));

const timelinesOf = (belief: Belief) =>
  [...belief.byCompany.keys()].map((company) => fold(belief, company));

/** Every party that is anywhere a holder, an investor or a counterparty. */
const investorsOf = (entries: readonly Entry[]): string[] =>
  [
    ...new Set(
      entries
        .flatMap(({ claim: { data } }) => [
          data.holder,
          data.counterparty,
          ...(data.participants ?? []).map(({ investor }) => investor),
        ])
        .filter((party) => party !== undefined && party !== 'undisclosed'),
    ),
  ] as string[];

/** Every valuation of every company, in its series' order. */
const referenceSeries = (believed: Believed, belief: Belief, asOf: string) =>
  [...belief.byCompany.keys()].flatMap((id) =>
    seriesAsOf(companyAsOf(believed, id, asOf), asOf).map(
      ({ on, kind, ref, value, currency, estimated }) => [
        ...[id, on, kind, ref, printPlain(value), currency, estimated],
      ],
    ),
  );
const productSeries = (belief: Belief, asOf: string) =>
  timelinesOf(belief).flatMap(({ company, days }) =>
    days
      .filter(({ day }) => day <= asOf)
      .flatMap(({ day, valuations }) =>
        valuations.map(({ kind, ref, amount, currency, estimated }) => [
          ...[company, day, kind, ref, amount, currency, estimated],
        ]),
      ),
  );

function expectAgreement(entries: readonly Entry[], days: readonly string[]): number {
  const position = entries.length;
  const believed = believe(entries, position);
  const belief = productBelief(ledgerEntries(entries), position);
  let rows = 0;
  for (const asOf of days) {
    for (const investor of investorsOf(entries)) {
      const expected = referenceRows(believed, { investor, asOf });
      expect(productRows(belief, { investor, asOf })).toEqual(expected);
      rows += expected.length;
    }
    expect(productSeries(belief, asOf)).toEqual(referenceSeries(believed, belief, asOf));
  }
  return rows;
}

describe('portfolios and valuations agree with their second reading', () => {
  it('on the large-model race, for every investor', () => {
    expect(expectAgreement(readStory(), DAYS)).toBeGreaterThan(50);
  }, 60_000);

  it(
    'on generated streams, for every investor',
    () => {
      fc.assert(
        fc.property(streams, (entries) => {
          expectAgreement(entries, ['2023-06-30', '2024-12-31']);
        }),
        { numRuns: runs, seed },
      );
    },
    30_000 + runs * 1000,
  );
});
