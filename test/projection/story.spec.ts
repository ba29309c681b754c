import { readFileSync } from 'node:fs';
import { mentions } from '#libs/events';
import { believe } from '#libs/fold';
import {
  capTable,
  claims,
  companies,
  findings,
  identities,
  investors,
  parties,
  portfolio,
  standing,
  valuations,
} from '#libs/read-models';
import type { Filling, Question } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answered, entriesOf, folded, foldedPortfolio } from './answers.ts';
import { Projected } from './projected.ts';
import type { Envelope } from './projected.ts';

const story = readFileSync(
  new URL('../../data/large-model-race/events.ndjson', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Envelope);
const entries = entriesOf(story);
const named = [...new Set(entries.flatMap(({ claim }) => mentions(claim)))];

let projected: Projected;
let filling: Filling;

beforeAll(async () => {
  projected = await Projected.create();
  filling = await projected.fill();
  await projected.record(story);
  await projected.project(filling, { entriesMax: 7 });
});

afterAll(async () => {
  await projected.close();
});

describe('the story', () => {
  it('answers every company at any point as folding the ledger anew does', async () => {
    const points = fc.record({
      company: fc.constantFrom(...named),
      asOf: fc.integer({ min: 0, max: 800 }).map(dayAfter),
      atPosition: fc.integer({ min: 0, max: story.length }),
    });
    await fc.assert(
      fc.asyncProperty(points, async (point) => {
        expect(await answered(projected, filling, point)).toEqual(
          folded(believe(entries, point.atPosition), point),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('answers every portfolio at any point as the timelines say', async () => {
    const points = fc.record({
      investor: fc.constantFrom(...named),
      asOf: fc.integer({ min: 0, max: 800 }).map(dayAfter),
      atPosition: fc.integer({ min: 0, max: story.length }),
    });
    await fc.assert(
      fc.asyncProperty(points, async ({ investor, asOf, atPosition }) => {
        expect(await projected.ask(portfolio, filling, { investor, asOf, atPosition })).toEqual(
          foldedPortfolio(believe(entries, atPosition), { investor, asOf }),
        );
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('shows Alibaba in Moonshot unknown in March 2024 and at 36 % once it was filed', async () => {
    const at = async (atPosition: number) => {
      const { lines } = await answered(projected, filling, {
        company: 'moonshot-ai',
        asOf: '2024-02-20',
        atPosition,
      });
      const figures = new Map(lines.map((line) => [line.holder, line]));
      return {
        alibaba: figures.get('alibaba')?.ownership,
        bound: figures.get('alibaba')?.ownershipAtMost,
        pool: figures.get('pool:moonshot-b#1')?.ownership,
      };
    };
    expect(await at(130)).toEqual({ alibaba: null, bound: '0.434783', pool: '0.434783' });
    expect(await at(150)).toEqual({ alibaba: '0.360000', bound: null, pool: '0.074783' });
  });
});

describe('lists over the story', () => {
  const point = { asOf: '2024-12-31', atPosition: story.length };

  it('name each company once, under the id it is read under, with its last valuation', async () => {
    const rows = await projected.ask(companies, filling, point);
    const ids = rows.map(({ company }) => company);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).not.toContain('dark-side-of-the-moon');
    expect(rows.find(({ company }) => company === 'moonshot-ai')).toMatchObject({
      name: 'Moonshot AI',
      country: 'CN',
      register: 'notional',
      postMoney: { USD: '3300000000' },
      postMoneyOn: '2024-08-01',
    });
    expect(rows.find(({ company }) => company === 'stepfun')?.postMoney).toBeNull();
    const before = await projected.ask(companies, filling, { ...point, atPosition: 131 });
    expect(before.map(({ company }) => company)).toContain('dark-side-of-the-moon');
  });

  it('tell of each investor in how many companies it has a stake', async () => {
    const rows = await projected.ask(investors, filling, point);
    const counted = new Map(rows.map(({ investor, companies }) => [investor, companies]));
    expect(counted.get('bytedance')).toBe(0); // It looked, and walked away.
    expect(counted.get('ftx')).toBe(0); // It sold all it had.
    expect(counted.get('alibaba')).toBe(
      (await projected.ask(portfolio, filling, { investor: 'alibaba', ...point })).length,
    );
    expect([...counted.keys()].filter((id) => /^pool:|^undisclosed$/.test(id))).toEqual([]);
  });

  it('show what ends as ended and what is unknown as unknown in a portfolio', async () => {
    const of = (investor: string) => projected.ask(portfolio, filling, { investor, ...point });
    expect(await of('bytedance')).toEqual([]);
    expect(await of('ftx')).toMatchObject([
      { company: 'anthropic', ownership: '0.000000', basis: null, costKnown: { USD: '500000000' } },
    ]);
    expect(await of('amazon')).toMatchObject([
      {
        company: 'anthropic',
        ownership: null, // Convertible notes only.
        basis: null,
        costKnown: { USD: '4000000000' },
        costUnknown: 0,
        claims: [
          { roundId: 'anthropic-amazon-note-1', currency: 'USD', amount: '1250000000' },
          { roundId: 'anthropic-amazon-note-2', currency: 'USD', amount: '2750000000' },
        ],
      },
    ]);
  });

  it('fill every question’s row as its schema says', async () => {
    const company = 'moonshot-ai';
    const asked: [Question, Record<string, unknown>][] = [
      [capTable, { company, ...point }],
      [standing, { company, ...point }],
      [claims, { company: 'anthropic', ...point }],
      [findings, { company, ...point }],
      [valuations, { company, ...point }],
      [identities, { party: 'dark-side-of-the-moon', atPosition: story.length }],
      [parties, point],
      [companies, point],
      [investors, point],
      [portfolio, { investor: 'meituan', ...point }],
    ];
    for (const [question, given] of asked) {
      expect(question.parameters.safeParse(given)).toMatchObject({ success: true });
      const rows = await projected.ask(question, filling, given);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(question.row.strict().parse(row)).toEqual(row);
    }
  });
});

/** Days from 2022-12-01 on. */
function dayAfter(days: number): string {
  return new Date(Date.UTC(2022, 11, 1) + days * 86_400_000).toISOString().slice(0, 10);
}
