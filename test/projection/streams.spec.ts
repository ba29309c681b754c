import { mentions } from '#libs/events';
import { believe } from '#libs/fold';
import type { Filling } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateStream } from '../reference/streams.ts';
import { answered, entriesOf, folded } from './answers.ts';
import { Projected } from './projected.ts';

/** A failure names its seed: SEED=… replays it. */
const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 1_000_000));

describe(`a generated stream, SEED=${seed}`, () => {
  const stream = generateStream(seed, 400);
  const entries = entriesOf(stream);
  const parties = [...new Set(entries.flatMap(({ claim }) => mentions(claim)))];
  const days = [...new Set(entries.flatMap((entry) => daysIn(JSON.stringify(entry.claim.data))))];
  const points = fc.record({
    company: fc.constantFrom(...parties),
    asOf: fc.constantFrom(...days),
    atPosition: fc.integer({ min: 0, max: stream.length }),
  });
  let projected: Projected;
  let filling: Filling;

  beforeAll(async () => {
    projected = await Projected.create();
    filling = await projected.fill();
  });

  afterAll(async () => {
    await projected.close();
  });

  it('keeps its answers at fixed points while more is recorded', async () => {
    await projected.record(stream.slice(0, 250));
    await projected.project(filling, { entriesMax: 40 });
    const fixed = fc.sample(
      points.filter(({ atPosition }) => atPosition <= 250),
      { seed, numRuns: 60 },
    );
    const before = [];
    for (const point of fixed) before.push(await answered(projected, filling, point));
    await projected.record(stream.slice(250));
    await projected.project(filling, { entriesMax: 17 });
    for (const [index, point] of fixed.entries()) {
      expect(await answered(projected, filling, point)).toEqual(before[index]);
    }
  }, 120_000);

  it('answers at any point as folding the ledger anew does', async () => {
    await fc.assert(
      fc.asyncProperty(points, async (point) => {
        expect(await answered(projected, filling, point)).toEqual(
          folded(believe(entries, point.atPosition), point),
        );
      }),
      { seed, numRuns: 150 },
    );
  }, 120_000);

  it('gives the same rows, closed ones too, one entry at a time and all at once', async () => {
    const expected = await projected.digest(filling);
    for (const limits of [
      { entriesMax: 100_000, cachedEntriesMax: 0 },
      { entriesMax: 1, cachedEntriesMax: 100_000 },
      { entriesMax: 5, cachedEntriesMax: 80 },
    ]) {
      const again = await projected.fill();
      await projected.project(again, limits);
      expect(await projected.digest(again)).toEqual(expected);
    }
  }, 240_000);
});

/** Whole days, and the first days of months, that a text names. */
function daysIn(text: string): string[] {
  return [...text.matchAll(/"(\d{4}-\d\d)(-\d\d)?~?"/g)]
    .map(([, month = '', day = '-15']) => month + day)
    .filter((day) => !/-(?:[2-9]\d|1[3-9]|00)-/.test(day));
}
