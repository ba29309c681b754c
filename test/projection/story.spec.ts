import { readFileSync } from 'node:fs';
import { mentions } from '#libs/events';
import { believe } from '#libs/fold';
import type { Filling } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answered, entriesOf, folded } from './answers.ts';
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
const parties = [...new Set(entries.flatMap(({ claim }) => mentions(claim)))];

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
      company: fc.constantFrom(...parties),
      asOf: fc.tuple(fc.integer({ min: 0, max: 800 })).map(([days]) => dayAfter(days)),
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

/** Days from 2022-12-01 on. */
function dayAfter(days: number): string {
  return new Date(Date.UTC(2022, 11, 1) + days * 86_400_000).toISOString().slice(0, 10);
}
