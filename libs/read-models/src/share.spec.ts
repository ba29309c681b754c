import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { createDatabase } from '../../../test/servers.ts';
import type { TestDatabase } from '../../../test/servers.ts';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(readFileSync(new URL('share.sql', import.meta.url), 'utf8'));
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const share = async (part: string, whole: string): Promise<string | null> => {
  const { rows } = await client.query<{ share: string | null }>(
    'SELECT share($1::numeric, $2::numeric)',
    [part, whole],
  );
  return rows[0]!.share;
};

/** The same by whole numbers: both are in ten-billionths of a unit. */
function expected(part: bigint, whole: bigint): string {
  const scaled = (part < 0n ? -part : part) * 1_000_000n;
  const quotient = scaled / whole;
  const twice = (scaled % whole) * 2n;
  const isUp = twice > whole || (twice === whole && quotient % 2n === 1n);
  const digits = (quotient + (isUp ? 1n : 0n)).toString().padStart(7, '0');
  const sign = part < 0n && /[1-9]/.test(digits) ? '-' : '';
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const inUnits = (value: bigint): string => `${value < 0n ? '-' : ''}${unsigned(value)}`;
const unsigned = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`;
};

describe('share', () => {
  it.each([
    ['1', '3', '0.333333'],
    ['2', '3', '0.666667'],
    ['1', '2000000', '0.000000'], // half: to the even neighbour below,
    ['3', '2000000', '0.000002'], // and above
    ['-3', '2000000', '-0.000002'], // round() would say the same here,
    ['5', '2000000', '0.000002'], // but not here
    ['0', '7', '0.000000'],
    ['7', '7', '1.000000'],
  ])('of %s in %s is %s', async (part, whole, figure) => {
    expect(await share(part, whole)).toBe(figure);
  });

  it('of nothing is unknown', async () => {
    expect(await share('1', '0')).toBeNull();
    expect(await share('1', '-5')).toBeNull();
  });

  it('is exact whatever the size, halves to even', async () => {
    const halves = fc
      .tuple(fc.bigInt(0n, 10n ** 30n), fc.bigInt(1n, 10n ** 30n))
      .map(([odd, unit]) => [(2n * odd + 1n) * unit, 2_000_000n * unit] as const);
    const any = fc.tuple(fc.bigInt(-(10n ** 52n), 10n ** 52n), fc.bigInt(1n, 10n ** 52n));
    await fc.assert(
      fc.asyncProperty(fc.oneof(halves, any), async ([part, whole]) => {
        expect(await share(inUnits(part), inUnits(whole))).toBe(expected(part, whole));
      }),
      { numRuns: 300 },
    );
  });

  it('is inlined: no call a row', async () => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      'EXPLAIN (VERBOSE) SELECT share(a, b) FROM (SELECT 1.5, 2 OFFSET 0) v (a, b)',
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/div\(/);
    expect(plan).not.toMatch(/share|half_even/);
  });
});
