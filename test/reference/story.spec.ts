import { describe, expect, it } from '@jest/globals';
import { believe } from './believe.ts';
import { capTable, companyAsOf } from './cap-table.ts';
import { closedAmount, dealsAsOf, pipeline } from './deals.ts';
import { readStory } from './story.ts';
import { seriesAsOf, valuationRows } from './valuations.ts';

const story = readStory();
const at = (company: string, asOf: string, position: number) =>
  capTable(story, company, { asOf, position });
const line = (table: ReturnType<typeof at>, holder: string) =>
  table.lines.find((one) => one.holder === holder);

describe('the large-model race', () => {
  it('bounds HSG by both its pools at 130, and not at all once the seed is known', () => {
    expect(line(at('moonshot-ai', '2024-02-20', 130), 'hsg')).toMatchObject({
      ...{ ownership: null, ownershipAtMost: '0.628350' },
    });
    expect(line(at('moonshot-ai', '2024-02-20', 144), 'hsg')).toMatchObject({
      ...{ ownership: null, ownershipAtMost: null },
    });
  });

  it('prefers the filing of May to the press of the day before', () => {
    const table = at('moonshot-ai', '2024-02-20', 150);
    expect(line(table, 'alibaba')).toMatchObject({
      ...{ ownership: '0.360000', basis: 'disclosed', estimated: true, entries: [150] },
    });
    expect(line(table, 'pool:moonshot-b#1')?.ownership).toBe('0.074783');
    expect(line(table, 'undisclosed')?.ownership).toBe('0.371650');
    expect(table.findings).toContainEqual({ kind: 'conflicting-claims', entries: [148, 150] });
  });

  it('reads one company under either id', () => {
    expect(at('dark-side-of-the-moon', '2024-02-20', 150)).toEqual(
      at('moonshot-ai', '2024-02-20', 150),
    );
    expect(at('dark-side-of-the-moon', '2024-02-20', 134).company).toBe('dark-side-of-the-moon');
  });

  it('draws a valuation from what FTX paid for its part, and sees it leave', () => {
    expect(line(at('anthropic', '2022-11-30', 157), 'ftx')?.ownership).toBe('0.135600');
    expect(line(at('anthropic', '2024-02-28', 157), 'ftx')?.ownership).toBe('0.078400');
    expect(line(at('anthropic', '2024-03-31', 157), 'ftx')).toMatchObject({
      ...{ ownership: null, ownershipAtMost: '0.078400' },
    });
    expect(line(at('anthropic', '2024-06-30', 157), 'ftx')).toBeUndefined();
  });

  it('holds the convertible notes as claims', () => {
    expect(at('anthropic', '2024-12-31', 157).claims.map(({ amount }) => amount)).toEqual([
      { USD: '1250000000' },
      { USD: '2750000000' },
    ]);
  });

  it('gives all of Light Year to Meituan', () => {
    const table = at('light-year', '2023-12-31', 157);
    expect(table.lines.map(({ holder, ownership }) => [holder, ownership])).toEqual([
      ['meituan', '1.000000'],
    ]);
  });

  it('tells what Moonshot was worth, step by step', () => {
    const believed = believe(story, story.length);
    const company = companyAsOf(believed, 'moonshot-ai', '2024-02-29');
    expect(valuationRows(believed, seriesAsOf(company, '2024-02-29'))).toMatchObject([
      { on: '2023-01-01', kind: 'equity', postMoney: { USD: '300000000' }, step: null },
      { on: '2023-10-01', postMoney: { USD: '800000000' }, step: '2.666667', direction: 'up' },
      {
        ...{ on: '2024-02-01', kind: 'equity', postMoney: { USD: '2300000000' } },
        ...{ step: '2.875000', direction: 'up' }, // 2,300 / 800
      },
    ]);
  });

  it('keeps in the pipeline what never closed, and says how much of a deal has', () => {
    const believed = believe(story, story.length);
    const deals = dealsAsOf(believed, '2024-12-31');
    const told = [85, 100, 154].map((position) => story[position - 1]?.claim.data.dealId);
    const open = pipeline(deals).map(({ dealId }) => dealId);
    expect(told.filter((dealId) => dealId === undefined || !open.includes(dealId))).toEqual([]);
    const partly = [63, 82].map((position) => {
      const deal = deals.find(({ dealId }) => dealId === story[position - 1]?.claim.data.dealId);
      return deal && closedAmount(believed, deal);
    });
    expect(partly).toEqual([
      { closed: '4000000000', remaining: '0' }, // 1.25 bn in 2023, 2.75 bn in 2024
      { closed: '500000000', remaining: '1500000000' },
    ]);
  });
});
