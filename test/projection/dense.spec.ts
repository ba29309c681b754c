import { mentions } from '#libs/events';
import { believe } from '#libs/fold';
import { portfolio } from '#libs/read-models';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { streams } from '../reference/streams.ts';
import { answered, entriesOf, folded, foldedPortfolio } from './answers.ts';
import { Projected } from './projected.ts';
import type { Envelope } from './projected.ts';

const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 1_000_000));

/** Many short streams about the same few parties, told one after the other as one. */
function told(count: number): Envelope[] {
  return fc.sample(streams, { seed, numRuns: count }).flatMap((stream, index) => {
    const text = JSON.stringify(stream.map(({ claim }) => claim));
    // Identities are unique within a stream only; whoever names one in it means that one.
    return JSON.parse(text.replaceAll(/"id":"(e\d+)"/g, `"id":"$1-${index}"`)) as Envelope[];
  });
}

describe(`parties that everybody speaks of, SEED=${seed}`, () => {
  it('are answered for as folding anew does, however entries are batched', async () => {
    const stream = told(16);
    const entries = entriesOf(stream);
    const parties = [...new Set(entries.flatMap(({ claim }) => mentions(claim)))];
    const projected = await Projected.create();
    try {
      await projected.record(stream);
      const filling = await projected.fill();
      await projected.project(filling, { entriesMax: 9, cachedEntriesMax: 300 });
      for (let atPosition = 1; atPosition <= entries.length; atPosition += 11) {
        const belief = believe(entries, atPosition);
        for (const company of parties) {
          const point = { company, asOf: '2025-12-31', atPosition };
          expect(await answered(projected, filling, point)).toEqual(folded(belief, point));
          expect(
            await projected.ask(portfolio, filling, {
              investor: company,
              asOf: point.asOf,
              atPosition,
            }),
          ).toEqual(foldedPortfolio(belief, { investor: company, asOf: point.asOf }));
        }
      }
      for (const limits of [
        { entriesMax: 1, cachedEntriesMax: 100_000 },
        { entriesMax: 100_000, cachedEntriesMax: 0 },
      ]) {
        const again = await projected.fill();
        await projected.project(again, limits);
        expect(await projected.digest(again)).toEqual(await projected.digest(filling));
      }
    } finally {
      await projected.close();
    }
  }, 240_000);
});
