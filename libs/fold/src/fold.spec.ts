import { existsSync, readFileSync } from 'node:fs';
import { readEnvelope } from '#libs/events';
import { describe, expect, it } from '@jest/globals';
import { ledger, rate, round, stake, type Telling } from '../../../test/telling.ts';
import { believe } from './believe.ts';
import { capTable, type CapTable } from './cap-table.ts';
import type { Entry } from './entry.ts';
import { fold } from './fold.ts';

/** The cap table of `acme`, or of another company, once all of this is told. */
function told(asOf: string, ...tellings: readonly Telling[]): CapTable {
  return capTable(fold(believe(ledger(...tellings)), 'acme'), asOf);
}

/** Ownership by holder and class. */
function ownership({ lines }: CapTable): Record<string, string | null> {
  return Object.fromEntries(
    lines.map((line) => [[line.holder, line.stockClass].join(' ').trim(), line.ownership]),
  );
}

const usd = (amount: string, qualifier?: 'about' | 'over') => ({
  amount,
  currency: 'USD',
  ...(qualifier && { qualifier }),
});

describe('worked example A: a notional company', () => {
  const press = [
    rate({ rate: '7.3', on: '2023-10-01' }),
    round({
      roundId: 'a',
      closedOn: '2023-10',
      amount: { amount: '2000000000', currency: 'CNY', qualifier: 'about' },
      postMoney: usd('800000000', 'about'),
    }),
    round({
      roundId: 'b',
      closedOn: '2024-02',
      amount: usd('1000000000', 'over'),
      postMoney: usd('2300000000', 'over'),
      participants: ['alibaba', 'meituan', 'xiaohongshu', 'hsg'].map((investor) => ({ investor })),
    }),
  ];
  const filing = stake(
    { transactionId: 'x', holder: 'alibaba', ownership: '0.36', effectiveOn: '2024-02' },
    'filing',
  );

  it('has pools, and investors bounded by theirs, before the filing', () => {
    const table = told('2024-02-20', ...press);
    expect(ownership(table)).toEqual({
      alibaba: null,
      hsg: null,
      meituan: null,
      'pool:a#1': '0.193568',
      'pool:b#1': '0.434783',
      undisclosed: '0.371650',
      xiaohongshu: null,
    });
    const investors = table.lines.filter(({ ownership: known }) => known === null);
    expect(investors.map((line) => line.ownershipAtMost)).toEqual(Array(4).fill('0.434783'));
    expect(investors.map((line) => line.basis)).toEqual(Array(4).fill('undisclosed'));
    expect(table.lines.every(({ estimated }) => estimated)).toBe(true);
    expect(table.register).toBe('notional');
    expect(table.totalOutstanding).toBeNull();
  });

  it('has Alibaba out of pool B once filed, and the rest unchanged', () => {
    const table = told('2024-02-20', ...press, filing);
    expect(ownership(table)).toEqual({
      alibaba: '0.360000',
      hsg: null,
      meituan: null,
      'pool:a#1': '0.193568',
      'pool:b#1': '0.074783',
      undisclosed: '0.371650',
      xiaohongshu: null,
    });
    const alibaba = table.lines.find(({ holder }) => holder === 'alibaba');
    expect(alibaba).toMatchObject({ basis: 'disclosed', estimated: false, entries: [4] });
  });

  it('has only pool A in November 2023', () => {
    expect(ownership(told('2023-11-01', ...press, filing))).toEqual({
      'pool:a#1': '0.342466',
      undisclosed: '0.657534',
    });
  });

  it('has no lines before its first fact', () => {
    expect(told('2023-09-30', ...press)).toMatchObject({ register: 'notional', lines: [] });
  });
});

describe('worked example B: a share register', () => {
  const issue = (holder: string, shares: string) =>
    stake({
      transactionId: `to-${holder}`,
      kind: 'issuance',
      holder,
      shares,
      stockClass: 'common',
      effectiveOn: '2024-01-01',
    });
  const facts = [
    issue('ann', '600000'),
    issue('bo', '400000'),
    round({
      closedOn: '2024-02-01',
      stockClass: 'preferred-a',
      sharesIssued: '250000',
      participants: [{ investor: 'cy', shares: '250000' }],
    }),
    stake({
      transactionId: 'split',
      kind: 'split',
      holder: undefined as never,
      stockClass: 'common',
      ratio: { numerator: '2', denominator: '1' },
      effectiveOn: '2024-03-01',
    }),
    stake({
      transactionId: 'gift',
      kind: 'transfer',
      holder: 'ann',
      counterparty: 'di',
      shares: '200000',
      effectiveOn: '2024-04-01',
    }),
    stake({
      transactionId: 'buyback',
      kind: 'repurchase',
      holder: 'bo',
      shares: '800000',
      effectiveOn: '2024-05-01',
    }),
  ];

  it('issues, splits, transfers and repurchases shares', () => {
    expect(ownership(told('2024-02-01', ...facts))).toMatchObject({
      'ann common': '0.480000',
      'cy preferred-a': '0.200000',
    });
    const split = told('2024-03-01', ...facts);
    expect(split.totalOutstanding).toBe('2250000');
    expect(split.lines.find(({ holder }) => holder === 'ann')?.units).toBe('1200000');
    expect(ownership(split)).toMatchObject({ 'cy preferred-a': '0.111111' });
    const end = told('2024-05-01', ...facts);
    expect(end.totalFullyDiluted).toBe('1450000');
    expect(ownership(end)).toEqual({
      'ann common': '0.689655',
      'cy preferred-a': '0.172414',
      'di common': '0.137931',
    });
    expect(end.lines.every(({ basis }) => basis === 'recorded')).toBe(true);
  });
});

describe('worked example D: a filing thinner than the press', () => {
  it('takes the money from the press and one investor from the filing', () => {
    const table = told(
      '2024-03-15',
      round(
        {
          amount: usd('1000000000'),
          postMoney: usd('2500000000'),
          participants: [{ investor: 'x' }, { investor: 'y' }],
        },
        'reported',
      ),
      round({ participants: [{ investor: 'x', amount: usd('800000000') }] }, 'filing'),
    );
    expect(ownership(table)).toEqual({
      'pool:a#1': '0.080000',
      undisclosed: '0.600000',
      x: '0.320000',
      y: null,
    });
    const [, , x, y] = table.lines;
    expect(x).toMatchObject({ basis: 'implied', source: 'reported', entries: [1, 2] });
    expect(y).toMatchObject({
      ownershipAtMost: '0.080000',
      unknown: { ownership: 'unknown-stake' },
    });
  });
});

const story = new URL('../../../data/large-model-race/events.ndjson', import.meta.url);

describe('the large-model race', () => {
  const entries = existsSync(story) ? readStory() : [];
  const line = (holder: string, asOf: string, position: number) =>
    capTable(fold(believe(entries, position), 'moonshot-ai'), asOf).lines.find(
      (of) => of.holder === holder,
    );

  it('bounds HSG by both its pools, until it is also said to be in a round nobody priced', () => {
    expect(line('hsg', '2024-02-20', 130)).toMatchObject({
      ownership: null,
      ownershipAtMost: '0.628350',
    });
    expect(line('hsg', '2024-03-31', 144)).toMatchObject({
      ownershipAtMost: null,
      unknown: { ownershipAtMost: 'no-bound' },
    });
  });

  it('learns of 36 % of Moonshot from the filing', () => {
    expect(line('alibaba', '2024-02-20', 130)?.ownership).toBeNull();
    expect(line('alibaba', '2024-02-20', 150)?.ownership).toBe('0.360000');
  });
});

function readStory(): Entry[] {
  return readFileSync(story, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text, index) => {
      const reading = readEnvelope(JSON.parse(text));
      if (!reading.ok) throw new Error(`line ${index + 1}: ${JSON.stringify(reading.faults)}`);
      return { position: index + 1, claim: reading.claim };
    });
}
