import { describe, expect, it } from '@jest/globals';
import { capTable } from './cap-table.ts';
import type { Entry } from './claims.ts';
import type { Line } from './lines.ts';
import { cny, record, round, stake, usd } from './telling.ts';
import type { Telling } from './telling.ts';

const EVERYTHING = 1_000_000;

const lines = (entries: readonly Entry[], asOf: string, position = EVERYTHING): Line[] => [
  ...capTable(entries, 'c', { asOf, position }).lines,
];
const ownership = (all: readonly Line[]): Record<string, string | null> =>
  Object.fromEntries(all.map((line) => [line.holder, line.ownership]));

describe('worked example A: Moonshot', () => {
  const told = record([
    {
      type: 'fx-rate-published',
      data: { base: 'USD', quote: 'CNY', rate: '7.3', on: '2023-10-01' },
    },
    round({
      ...{ roundId: 'a', company: 'c', closedOn: '2023-10' },
      ...{ amount: cny('2000000000', 'about'), postMoney: usd('800000000', 'about') },
      participants: [{ investor: 'hsg' }, { investor: 'monolith' }],
    }),
    round({
      ...{ roundId: 'b', company: 'c', closedOn: '2024-02' },
      ...{ amount: usd('1000000000', 'over'), postMoney: usd('2300000000', 'over') },
      participants: ['alibaba', 'meituan', 'xiaohongshu', 'hsg'].map((investor) => ({ investor })),
    }),
    stake(
      {
        ...{ transactionId: 'd', company: 'c', holder: 'alibaba', kind: 'disclosure' },
        ...{ effectiveOn: '2024-02', ownership: '0.36' },
      },
      'filing',
    ),
  ]);

  it('shows pools, and each B investor unknown up to its bound', () => {
    const table = lines(told, '2024-02-20', 3);
    expect(ownership(table)).toEqual({
      'pool:a#1': '0.193568',
      'pool:b#1': '0.434783',
      undisclosed: '0.371650',
      ...{ alibaba: null, meituan: null, xiaohongshu: null, hsg: null, monolith: null },
    });
    const bounds = Object.fromEntries(table.map((line) => [line.holder, line.ownershipAtMost]));
    expect(bounds).toMatchObject({
      ...{ alibaba: '0.434783', meituan: '0.434783', xiaohongshu: '0.434783' },
      ...{ hsg: '0.628350', monolith: '0.193568' },
    });
    expect(table.every(({ estimated }) => estimated)).toBe(true);
  });

  it('reveals Alibaba out of pool B once filed, and leaves the rest', () => {
    const table = lines(told, '2024-02-20');
    expect(ownership(table)).toMatchObject({
      ...{ alibaba: '0.360000', 'pool:b#1': '0.074783' },
      ...{ 'pool:a#1': '0.193568', undisclosed: '0.371650', meituan: null },
    });
    expect(table.find(({ holder }) => holder === 'alibaba')).toMatchObject({
      ...{ basis: 'disclosed', source: 'filing', entries: [4], ownershipAtMost: null },
    });
    expect(ownership(lines(told, '2024-01-31'))).toMatchObject({ 'pool:a#1': '0.342466' });
  });
});

describe('worked example B: a share register', () => {
  const steps: Telling[] = [
    ...(['ann 600000', 'bo 400000'] as const).map((founder) => {
      const [holder = '', shares = ''] = founder.split(' ');
      const id = { transactionId: holder, company: 'c', stockClass: 'common' };
      return stake({ ...id, kind: 'issuance', holder, shares });
    }),
    round({
      ...{ roundId: 'r', company: 'c', closedOn: '2024-02-01', stockClass: 'preferred-a' },
      participants: [{ investor: 'cy', shares: '250000' }],
    }),
    stake({
      ...{ transactionId: 's', company: 'c', kind: 'split', effectiveOn: '2024-03-01' },
      ...{ stockClass: 'common', ratio: { numerator: '2', denominator: '1' } },
    }),
    stake({
      ...{ transactionId: 't', company: 'c', kind: 'transfer', effectiveOn: '2024-04-01' },
      ...{ holder: 'ann', counterparty: 'di', shares: '200000' },
    }),
    stake({
      ...{ transactionId: 'u', company: 'c', kind: 'repurchase', effectiveOn: '2024-05-01' },
      ...{ holder: 'bo', shares: '800000' },
    }),
  ];
  const told = record(steps);

  it('issues a round beside the founders', () => {
    expect(ownership(lines(told, '2024-02-28'))).toEqual({
      ...{ ann: '0.480000', bo: '0.320000', cy: '0.200000' },
    });
  });

  it('splits common two to one', () => {
    const table = capTable(told, 'c', { asOf: '2024-03-31', position: EVERYTHING });
    expect(table).toMatchObject({ register: 'recorded', totalOutstanding: '2250000' });
    expect(table.lines.map(({ holder, units }) => [holder, units])).toEqual([
      ['ann', '1200000'],
      ['bo', '800000'],
      ['cy', '250000'],
    ]);
    expect(table.lines[2]?.ownership).toBe('0.111111');
  });

  it('transfers, and buys back', () => {
    const table = capTable(told, 'c', { asOf: '2024-12-31', position: EVERYTHING });
    expect(table.totalFullyDiluted).toBe('1450000');
    expect(ownership(table.lines)).toEqual({
      ...{ ann: '0.689655', cy: '0.172414', di: '0.137931' },
    });
    expect(table.lines.every(({ basis }) => basis === 'recorded')).toBe(true);
  });

  it('is the same in any order of arrival, and as if a retracted entry never were (example C)', () => {
    const backwards = record([...steps].reverse());
    const shown = (all: readonly Entry[]) =>
      lines(all, '2024-12-31').map((line) => ({ ...line, entries: [] }));
    expect(shown(backwards)).toEqual(shown(told));
    const retraction = { source: 'desk', id: 'e6' };
    const mended = record([...steps, { type: 'entry-retracted', data: { retracts: retraction } }]);
    expect(lines(mended, '2024-12-31')).toEqual(lines(record(steps.slice(0, 5)), '2024-12-31'));
    expect(lines(mended, '2024-12-31', 6)).toEqual(lines(told, '2024-12-31'));
  });
});

describe('worked example D: a filing thinner than the press', () => {
  it('takes from the filing what it says, and the rest from the press', () => {
    const press = round({
      ...{ roundId: 'r', company: 'c', amount: usd('1000000000'), postMoney: usd('2500000000') },
      participants: [{ investor: 'x' }, { investor: 'y' }],
    });
    const filing = round(
      { roundId: 'r', company: 'c', participants: [{ investor: 'x', amount: usd('800000000') }] },
      'filing',
    );
    const table = lines(record([press, filing]), '2024-12-31');
    expect(ownership(table)).toEqual({
      ...{ x: '0.320000', y: null, 'pool:r#1': '0.080000', undisclosed: '0.600000' },
    });
    expect(table.find(({ holder }) => holder === 'x')).toMatchObject({
      ...{ basis: 'implied', entries: [1, 2], source: 'reported' },
    });
    expect(table.find(({ holder }) => holder === 'y')?.ownershipAtMost).toBe('0.080000');
  });
});
