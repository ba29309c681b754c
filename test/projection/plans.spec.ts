import {
  capTable,
  claims,
  companies,
  findings,
  identities,
  investors,
  parties,
  portfolio,
  settleFilling,
  standing,
  valuations,
} from '#libs/read-models';
import type { Filling, Question } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Projected } from './projected.ts';

let projected: Projected;
let filling: Filling;

const still = '9223372036854775807';

/** Enough rows for the planner to have a choice: 30,000 companies, 2,000 of them with 20 holders. */
const tables: Record<string, string> = {
  holding: `
    SELECT 'company-' || c, 'holder-' || h, '', date '2020-01-01' + 100 * s, 1 + s, ${still},
      false, true, 1000 + s, true, false, NULL, 'implied', false, NULL, NULL, 'reported', ARRAY[c]
    FROM generate_series(1, 2000) c, generate_series(1, 20) h, generate_series(0, 4) s`,
  standing: `
    SELECT 'company-' || c, date '2020-01-01' + 100 * s, 1 + s, ${still}, 'notional', 20000, 20000,
      NULL, NULL FROM generate_series(1, 30000) c, generate_series(0, 4) s`,
  claim: `
    SELECT 'company-' || c, 'holder-' || c % 50, 'round', 1, 'USD', date '2020-01-01', 1, ${still},
      false, 5, ARRAY[c] FROM generate_series(1, 2000) c`,
  comparison: `
    SELECT 'company-' || c, 'holder-1', 'holder-2', date '2020-01-01', 1, ${still}, 'more', c
    FROM generate_series(1, 2000) c`,
  finding: `
    SELECT 'company-' || c, 'overdrawn', ARRAY[c, s], date '2020-01-01', 1, ${still}, false
    FROM generate_series(1, 2000) c, generate_series(1, 5) s`,
  valuation: `
    SELECT 'company-' || c, 'equity', 'round#' || s, date '2020-01-01' + 100 * s, 1, ${still},
      1000, 'USD', false, 1, ARRAY[c] FROM generate_series(1, 2000) c, generate_series(0, 4) s`,
  purchase: `
    SELECT 'company-' || c, 'holder-' || h, 'round', date '2020-01-01', 1, ${still}, false, 1,
      '{"USD": "10"}', false, '[]', ARRAY[c]
    FROM generate_series(1, 2000) c, generate_series(1, 20) h`,
  party: `
    SELECT 'company-' || c, date '2020-01-01', 1, ${still}, 'Company ' || c, '{}', '{company}',
      '2019', 'CN', '{ai}', ARRAY[c] FROM generate_series(1, 30000) c`,
  identity: `
    SELECT 'alias-' || c, 1, ${still}, 'company-' || c FROM generate_series(1, 2000) c`,
  rate: `
    SELECT 'USD', 'CNY', date '2020-01-01' + d, 1, ${still}, 7.1, 'reported', ARRAY[d]
    FROM generate_series(1, 2000) d`,
};

beforeAll(async () => {
  projected = await Projected.create();
  filling = await projected.fill();
  for (const [table, rows] of Object.entries(tables)) {
    await projected.pool.query(`INSERT INTO ${filling.schema}.${table} ${rows}`);
    await projected.pool.query(`ANALYZE ${filling.schema}.${table}`);
  }
}, 60_000);

afterAll(async () => {
  await projected.close();
});

/** The plan that a prepared statement of any parameters runs with. */
async function genericPlan(asked: Question, filter = '', schema = filling.schema): Promise<string> {
  const parameters = Object.keys(asked.parameters.shape).map((name, index) =>
    name === 'asOf'
      ? `$${index + 1}::date`
      : name === 'atPosition'
        ? `$${index + 1}::bigint`
        : `$${index + 1}::text`,
  );
  const call = `${schema}.${asked.name}(${parameters.join(', ')})`;
  const { rows } = await projected.pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (GENERIC_PLAN) SELECT * FROM ${call} q ${filter}`,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('a question', () => {
  it.each([
    [capTable, ''],
    [capTable, `WHERE q.holder = $4`],
    [standing, ''],
    [claims, ''],
    [findings, ''],
    [valuations, ''],
    [identities, ''],
    [portfolio, ''],
    [portfolio, `WHERE q.company = $4`],
    [parties, `WHERE q.party = $3`],
    [companies, `WHERE q.company = $3`],
    [investors, `WHERE q.investor = $3`],
  ] as [Question, string][])(
    'about one is inlined and reads by index: %#',
    async (asked, filter) => {
      const plan = await genericPlan(asked, filter);
      expect(plan).not.toMatch(/Seq Scan/);
      expect(plan).not.toMatch(new RegExp(`Function Scan on ${asked.name}`));
      expect(plan).toMatch(/Index (?:Only )?Scan/);
    },
  );

  it('is the same plan through the schema that analysts use', async () => {
    const client = await projected.pool.connect();
    await client.query('BEGIN');
    await settleFilling(client, filling);
    await client.query('COMMIT');
    client.release();
    expect(await genericPlan(portfolio, '', 'deals')).toBe(await genericPlan(portfolio));
  });

  it('closes a row in its page: no index holds known_to', async () => {
    const { rows } = await projected.pool.query<{ indexdef: string }>(
      'SELECT indexdef FROM pg_indexes WHERE schemaname = $1',
      [filling.schema],
    );
    expect(rows.filter(({ indexdef }) => indexdef.includes('known_to'))).toEqual([]);
  });
});
