import { printPlain, Rates, times, decimal, type FxRatePublished } from '#libs/fold';
import type { Filling } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Projected } from './projected.ts';

const currencies = ['USD', 'CNY', 'EUR', 'JPY'];
const days = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'];

const published = fc
  .uniqueArray(
    fc.record({
      base: fc.constantFrom(...currencies),
      quote: fc.constantFrom(...currencies),
      on: fc.constantFrom(...days.slice(1)),
      rate: fc.integer({ min: 1, max: 99_999_999 }).map((cents) => `${cents}.0${cents % 7}`),
    }),
    { minLength: 4, maxLength: 9, selector: ({ base, quote, on }) => `${base}${quote}${on}` },
  )
  .map((rates) => rates.filter(({ base, quote }) => base !== quote));

describe('converted()', () => {
  let projected: Projected;

  beforeAll(async () => {
    projected = await Projected.create();
  });

  afterAll(async () => {
    await projected.close();
  });

  const converted = async (filling: Filling, given: unknown[]): Promise<string | null> => {
    const { rows } = await projected.pool.query<{ amount: string | null }>(
      `SELECT trim_scale(${filling.schema}.converted($1, $2, $3, $4, 100000)) AS amount`,
      given,
    );
    return rows[0]!.amount;
  };

  it('takes the rate that the fold takes, and rounds as it does', async () => {
    await fc.assert(
      fc.asyncProperty(published, async (rates) => {
        const filling = await projected.fill();
        await projected.pool.query(
          `INSERT INTO ${filling.schema}.rate
             (base, quote, effective_from, known_from, rate, source, entries)
           SELECT r->>'base', r->>'quote', (r->>'on')::date, 1, (r->>'rate')::numeric, 'reported',
             '{1}'
           FROM jsonb_array_elements($1) r`,
          [JSON.stringify(rates)],
        );
        const book = new Rates();
        for (const rate of rates) book.put(factOf(rate));
        for (const from of currencies) {
          for (const to of currencies) {
            for (const day of days) {
              const rate = book.rateOn(from, to, day);
              const expected = rate && printPlain(times(decimal('1234567.89'), rate.rate));
              expect(await converted(filling, ['1234567.89', from, to, day])).toBe(expected);
            }
          }
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

function factOf({
  base,
  quote,
  on,
  rate,
}: {
  base: string;
  quote: string;
  on: string;
  rate: string;
}): FxRatePublished {
  return {
    type: 'fx-rate-published',
    key: `${base}/${quote}/${on}`,
    base,
    quote,
    date: {
      text: on,
      earliest: on,
      latest: on,
      approximate: false,
      precision: 'day',
      entry: 1,
    },
    rate: { value: rate, entry: 1 },
    strongest: 1,
    claims: [1],
    contests: [],
    conflicts: [],
  };
}
