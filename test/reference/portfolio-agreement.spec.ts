import { describe, expect, it } from '@jest/globals';
import { believe as productBelief, fold, portfolio as productPortfolio } from '#libs/fold';
import type { Belief } from '#libs/fold';
import { believe } from './believe.ts';
import type { Entry } from './claims.ts';
import { portfolio } from './portfolio.ts';
import { ledgerEntries } from './product.ts';
import { readStory } from './story.ts';

const DAYS = ['2023-06-30', '2024-02-20', '2024-12-31'];

/** What both say of a holding, in one shape. */
interface Row {
  readonly holder: string;
  readonly company: string;
  readonly ownership: string | null;
  readonly ownershipAtMost: string | null;
  readonly basis: string | null;
  readonly estimated: boolean;
  readonly value: object | null;
  readonly multiple: string | null;
  readonly firstInvestment: string | null;
  readonly lastInvestment: string | null;
}

const shaped = (rows: readonly Row[]): Row[] =>
  rows.map((row) => ({
    holder: row.holder,
    company: row.company,
    ownership: row.ownership,
    ownershipAtMost: row.ownershipAtMost,
    basis: row.basis,
    estimated: row.estimated,
    value: row.value,
    multiple: row.multiple,
    firstInvestment: row.firstInvestment,
    lastInvestment: row.lastInvestment,
  }));

const timelinesOf = (belief: Belief) =>
  [...belief.byCompany.keys()].map((company) => fold(belief, company));

/** Both answers for every investor that a round names, on every day of DAYS. */
function answers(
  entries: readonly Entry[],
  position: number,
): { reference: Row[]; product: Row[] } {
  const believed = believe(entries, position);
  const belief = productBelief(ledgerEntries(entries), position);
  const timelines = timelinesOf(belief);
  const investors = new Set(
    timelines.flatMap(({ days }) =>
      days.flatMap(({ lines }) =>
        lines
          .map(({ holder }) => holder)
          .filter((holder) => !holder.includes(':') && holder !== 'undisclosed'),
      ),
    ),
  );
  const asked = [...investors].flatMap((investor) => DAYS.map((asOf) => ({ investor, asOf })));
  return {
    reference: asked.flatMap(({ investor, asOf }) => shaped(portfolio(believed, investor, asOf))),
    product: asked.flatMap((each) => shaped(productPortfolio(timelines, belief, each))),
  };
}

describe('portfolios agree with their second reading', () => {
  it('on the large-model race, for every investor', () => {
    const story = readStory();
    const { reference, product } = answers(story, story.length);
    expect(reference.length).toBeGreaterThan(50);
    expect(product).toEqual(reference);
  });
});
