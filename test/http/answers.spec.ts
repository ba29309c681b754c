import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settleFilling } from '#libs/read-models';
import { z } from 'zod';
import { capTableAnswer } from '../../apps/api/src/cap-table/cap-table.ts';
import { companyDetail, companyRow } from '../../apps/api/src/companies/companies.ts';
import { answerOf, meta, pageOf } from '../../apps/api/src/http/answer.ts';
import { investorRow } from '../../apps/api/src/investors/investors.ts';
import { portfolioRow } from '../../apps/api/src/portfolio/portfolio.ts';
import { Projected } from '../projection/projected.ts';
import type { Envelope } from '../projection/projected.ts';
import { RunningApi } from './running-api.ts';

const story = readFileSync(
  new URL('../../data/large-model-race/events.ndjson', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Envelope);

const companyPage = pageOf(meta, companyRow);
const investorPage = pageOf(meta, investorRow);
const portfolioPage = pageOf(meta, portfolioRow);
const capTable = answerOf(meta, capTableAnswer);
const company = answerOf(meta, companyDetail);
const investor = answerOf(meta, investorRow);

let projected: Projected;
let api: RunningApi;
let schema: string;

beforeAll(async () => {
  projected = await Projected.create();
  const filling = await projected.fill();
  schema = filling.schema;
  await projected.record(story);
  await projected.project(filling);
  const client = await projected.pool.connect();
  await settleFilling(client, filling);
  client.release();
  api = await RunningApi.start({ DATABASE_URL: projected.ledger.database.url });
});

afterAll(async () => {
  await api.close();
  await projected.close();
});

async function get<S extends z.ZodType>(path: string, shape: S): Promise<z.output<S>> {
  const { status, body } = await api.get(path);
  expect([path, status, body]).toEqual([path, 200, expect.anything()]);
  return shape.parse(body);
}

describe('cap table', () => {
  const at = async (knowledge: string) => {
    const { data } = await get(
      `/v1/companies/moonshot-ai/cap-table?asOf=2024-02-20&${knowledge}`,
      capTable,
    );
    return { ...data, of: new Map(data.lines.map((line) => [line.holder, line])) };
  };

  it('shows pools, the undisclosed and an unknown stake with its bound, as published then', async () => {
    const { of, ...table } = await at('publishedBy=2024-02-29');
    expect(table).toMatchObject({
      company: 'moonshot-ai',
      register: 'notional',
      totalOutstanding: null,
      unknown: { totalOutstanding: 'notional-register', totalFullyDiluted: 'notional-register' },
    });
    expect(of.get('alibaba')).toMatchObject({
      ownership: null,
      ownershipAtMost: '0.434783',
      units: null,
      unknown: { ownership: 'stake-not-disclosed', units: 'notional-register' },
    });
    expect(of.get('pool:moonshot-b#1')).toMatchObject({ ownership: '0.434783', estimated: true });
    expect(of.get('undisclosed')?.ownership).toBe('0.371650');
  });

  it('shows the stake once its filing was published', async () => {
    const { of } = await at('publishedBy=2024-05-31');
    expect(of.get('alibaba')).toMatchObject({
      ownership: '0.360000',
      basis: 'disclosed',
      source: 'filing',
    });
    expect(of.get('pool:moonshot-b#1')?.ownership).toBe('0.074783');
  });

  it('is empty and notional before the first fact, and unknown before the first word', async () => {
    const { data } = await get('/v1/companies/moonshot-ai/cap-table?asOf=1990-01-01', capTable);
    expect(data).toMatchObject({ register: 'notional', lines: [], claims: [] });
    const { status, body } = await api.get('/v1/companies/moonshot-ai/cap-table?knownAt=0');
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'unknown-party' });
  });

  it('is read under the id that a party is known by', async () => {
    const [join] = story.filter(({ data }) => 'sameAs' in (data as object));
    const { party, sameAs } = join?.data as { party: string; sameAs: string };
    const { data } = await get(`/v1/companies/${party}/cap-table`, capTable);
    expect(data.company).toBe(sameAs);
  });

  it('is refused where the company could not be projected, and others are not', async () => {
    const rows = `${schema}.failed_company`;
    await projected.pool.query(`INSERT INTO ${rows} VALUES ('moonshot-ai', 1, DEFAULT, 'broken')`);
    const { status, body, text } = await api.get('/v1/companies/moonshot-ai/cap-table');
    const detail = await api.get('/v1/companies/moonshot-ai');
    const other = await api.get('/v1/companies/zhipu-ai/cap-table');
    await projected.pool.query(`DELETE FROM ${rows}`);
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'projection-failed' });
    expect(text).not.toContain('broken');
    expect(detail.status).toBe(503);
    expect(other.status).toBeLessThan(500);
  });
});

describe('companies', () => {
  it('lists each once, whatever the size of a page and the order', async () => {
    const all = await get('/v1/companies?limit=1000', companyPage);
    expect(all.data.length).toBeGreaterThan(9);
    for (const sort of ['name', '-name', 'foundedOn', '-country', 'postMoneyOn']) {
      const seen: string[] = [];
      let path = `/v1/companies?limit=3&sort=${sort}`;
      for (;;) {
        const page = await get(path, companyPage);
        expect(page.meta).toEqual(all.meta);
        seen.push(...page.data.map((row) => row.company));
        if (page.next === null) break;
        path = `/v1/companies?limit=3&sort=${sort}&cursor=${page.next}`;
      }
      expect(seen.toSorted()).toEqual(all.data.map((row) => row.company).toSorted());
    }
  });

  it('sorts unknown values last in either direction', async () => {
    for (const sort of ['country', '-country']) {
      const { data } = await get(`/v1/companies?limit=1000&sort=${sort}`, companyPage);
      const firstUnknown = data.findIndex(({ country }) => country === null);
      const known = data.filter(({ country }) => country !== null).length;
      expect([known, -1]).toContain(firstUnknown);
    }
  });

  it('filters by what is said of them', async () => {
    const { data: all } = await get('/v1/companies?limit=1000', companyPage);
    const chosen = async (filter: string) =>
      (await get(`/v1/companies?limit=1000&${filter}`, companyPage)).data.map((row) => row.company);
    const expected = (keep: (row: (typeof all)[number]) => boolean) =>
      all.filter(keep).map((row) => row.company);
    const country = all.find((row) => row.country !== null)?.country ?? '';
    expect(await chosen(`country=${country}`)).toEqual(expected((row) => row.country === country));
    expect(await chosen(`country__in=${country},nowhere`)).toEqual(
      expected((row) => row.country === country),
    );
    expect(await chosen('roles=giant')).toEqual(expected((row) => row.roles.includes('giant')));
    expect(await chosen('sectors=large-model')).toEqual(
      expected((row) => row.sectors.includes('large-model')),
    );
    expect(await chosen('foundedOn__gte=2019&foundedOn__lte=2022')).toEqual(
      expected(({ foundedOn }) => {
        const year = foundedOn?.slice(0, 4) ?? '';
        return year >= '2019' && year <= '2022';
      }),
    );
  });

  it('tells of one what the list tells', async () => {
    const { data: all } = await get('/v1/companies?limit=1000&asOf=2024-06-01', companyPage);
    for (const row of all) {
      const { data } = await get(`/v1/companies/${row.company}?asOf=2024-06-01`, company);
      expect(data).toMatchObject({ ...row, unknown: row.unknown ?? expect.anything() });
    }
  });
});

describe('investors', () => {
  it('lists each, tells of one what the list tells, and of as many companies', async () => {
    const { data: all } = await get('/v1/investors?limit=1000', investorPage);
    expect(all.map((row) => row.investor)).toContain('alibaba');
    for (const row of all) {
      const one = await get(`/v1/investors/${row.investor}`, investor);
      expect(one.data).toEqual(row);
      const { data } = await get(
        `/v1/investors/${row.investor}/portfolio?limit=1000`,
        portfolioPage,
      );
      expect(data.filter(({ basis }) => basis !== null).length).toBe(row.companies);
    }
  });

  it('has an empty portfolio for who holds nothing', async () => {
    const { data } = await get('/v1/investors/bytedance/portfolio', portfolioPage);
    expect(data).toEqual([]);
  });

  it('tells why a figure is null', async () => {
    const { data } = await get(
      '/v1/investors/alibaba/portfolio?asOf=2024-02-20&publishedBy=2024-02-29&company=moonshot-ai',
      portfolioPage,
    );
    expect(data).toMatchObject([
      {
        holder: 'alibaba',
        company: 'moonshot-ai',
        ownership: null,
        ownershipAtMost: '0.434783',
        value: null,
        unknown: { ownership: 'stake-not-disclosed', value: 'stake-not-disclosed' },
      },
    ]);
  });
});

describe('the ledger of a company', () => {
  it('lists what is said about it', async () => {
    const { body } = await api.get('/v1/ledger/entries?company=moonshot-ai&limit=1000');
    const rows = z.array(z.object({ position: z.int(), company: z.string().nullable() }));
    const found = rows.parse(body.data);
    const expected = story.flatMap(({ data }, index) =>
      (data as { company?: string }).company === 'moonshot-ai' ? [index + 1] : [],
    );
    const positions = found.map(({ position }) => position);
    expect(positions).toEqual(expect.arrayContaining(expected));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });
});
