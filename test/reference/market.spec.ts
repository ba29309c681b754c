import { describe, expect, it } from '@jest/globals';
import { believe } from './believe.ts';
import { coInvestment } from './co-investment.ts';
import { compute } from './compute.ts';
import { totals } from './market.ts';
import { readStory } from './story.ts';
import { cny, record, round, usd } from './telling.ts';
import type { Telling } from './telling.ts';

const believed = (told: readonly Telling[]) => believe(record(told), told.length);
const story = believe(readStory(), readStory().length);

describe('market totals', () => {
  it('bounds a sum by what its parts leave open', () => {
    const rate = { base: 'USD', quote: 'CNY', rate: '7', on: '2023-01-01' };
    const told = believed([
      { type: 'fx-rate-published', data: rate },
      round({ roundId: 'a', company: 'c', closedOn: '2023-02', amount: usd('100', 'about') }),
      round({ roundId: 'b', company: 'c', closedOn: '2023-05', amount: cny('700', 'under') }),
      round({ roundId: 'd', company: 'c', closedOn: '2024-01', amount: usd('50', 'over') }),
      round({ roundId: 'e', company: 'c', closedOn: '2024-04' }),
      round({
        ...{ roundId: 'f', company: 'c', closedOn: '2024-05' },
        amount: { amount: '9', currency: 'EUR' },
      }),
      round({ roundId: 'g', company: 'c', kind: 'secondary', amount: usd('1000') }),
    ]);
    const rows = totals(told, { by: 'year', currency: 'USD', asOf: '2024-12-31' });
    expect(rows.map(({ period, closed }) => ({ period, ...closed }))).toEqual([
      {
        ...{ period: '2023', known: '200.00', lower: '100.00', upper: '200.00' },
        ...{ count: 2, undisclosed: 0, unconverted: 0 },
      },
      {
        ...{ period: '2024', known: '50.00', lower: '50.00', upper: null },
        ...{ count: 3, undisclosed: 1, unconverted: 1 },
      },
    ]);
  });

  it('keeps what was stated beside what adds up', () => {
    const rows = totals(story, { by: 'quarter', currency: 'USD', asOf: '2024-12-31' });
    const stated = rows.find(({ period }) => period === '2023-Q1')?.stated ?? [];
    expect(stated.map(({ figureId }) => figureId)).toEqual([
      'cn-llm-raised-2023',
      'zhipu-raised-2023',
    ]);
  });
});

describe('giants', () => {
  it('share companies', () => {
    const pairs = coInvestment(story, '2024-12-31');
    const shared = pairs.find(({ a, b }) => a === 'alibaba' && b === 'tencent');
    expect(shared?.companies).toEqual(['baichuan', 'minimax', 'moonshot-ai', 'zhipu-ai']);
  });

  it('pay in credits, and are promised spending once', () => {
    const rows = compute(story, '2024-12-31');
    const of = (provider: string, company: string) =>
      rows.find((row) => row.provider === provider && row.company === company);
    expect(of('microsoft', 'openai')?.invested).toEqual([
      { currency: 'USD', lower: '500000000', upper: '500000000' },
    ]);
    expect(of('alibaba', 'moonshot-ai')?.invested).toEqual([
      { currency: 'USD', lower: null, upper: '400000000' },
    ]);
    expect(of('google', 'anthropic')?.committed).toContainEqual(usd('3000000000', 'over'));
    expect(of('amazon', 'anthropic')?.committed).toEqual([null]);
  });
});
