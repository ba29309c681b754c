import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestLedger, portionOf } from '../ledger.ts';
import { received, structuredMode } from '../records.ts';
import { createEmptyFilling, RunningApi } from './running-api.ts';

describe('the API', () => {
  let ledger: TestLedger;
  let api: RunningApi;
  let schema: string;

  beforeAll(async () => {
    ledger = await TestLedger.create();
    const appender = ledger.appender();
    const partition = await ledger.claim();
    const records = [1, 2, 3].map((n) =>
      received(n - 1, structuredMode({ id: `e-${n}`, time: `2024-0${n}-01T00:00:00Z` })),
    );
    await appender.append([portionOf(partition, records)]);
    schema = await createEmptyFilling(ledger.database.url);
    await ledger.rows(`UPDATE ${schema}.checkpoint SET position = 3`);
    api = await RunningApi.start({ DATABASE_URL: ledger.database.url });
  });

  afterAll(async () => {
    await api.close();
    await ledger.close();
  });

  it.each([
    ['/v1/companies?asOf=2024-02-30', 'invalid-parameter', '/asOf'],
    ['/v1/companies?asOf=NaN', 'invalid-parameter', '/asOf'],
    ['/v1/companies?asOf=10000-01-01', 'invalid-parameter', '/asOf'],
    ['/v1/companies?asOf=2024-01-01%00', 'invalid-parameter', '/asOf'],
    ['/v1/companies?asOf=2024-01-01&asOf=2024-01-02', 'invalid-parameter', '/asOf'],
    ['/v1/companies?asOf=', 'invalid-parameter', '/asOf'],
    ['/v1/companies?knownAt=-1', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=1e3', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=9999999999999999', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=2024-02-30T00:00:00Z', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=0000-01-01T00:00:00Z', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=9999-12-31T23:59:59-23:59', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=2024-01-01T00:00:00', 'invalid-parameter', '/knownAt'],
    ['/v1/companies?knownAt=1&publishedBy=2024-01-01', 'invalid-parameter', '/publishedBy'],
    ['/v1/companies?minPosition=0x1', 'invalid-parameter', '/minPosition'],
    ['/v1/companies?limit=0', 'invalid-parameter', '/limit'],
    ['/v1/companies?limit=1001', 'invalid-parameter', '/limit'],
    ['/v1/companies?cursor=e30', 'invalid-parameter', '/cursor'],
    ['/v1/companies?cursor=%F0', 'invalid-parameter', '/cursor'],
    ['/v1/companies?sort=units', 'invalid-parameter', '/sort'],
    ['/v1/companies?country=%00', 'invalid-parameter', '/country'],
    ['/v1/companies/UPPER/cap-table', 'invalid-parameter', '/company'],
    ['/v1/companies/a%00b', 'invalid-parameter', '/company'],
    [`/v1/companies/${'a'.repeat(81)}`, 'invalid-parameter', '/company'],
    ['/v1/investors/%E2%98%83/portfolio', 'invalid-parameter', '/investor'],
    ['/v1/ledger/entries/0', 'invalid-parameter', '/position'],
    ['/v1/ledger/entries/-1', 'invalid-parameter', '/position'],
    ['/v1/ledger/entries/1.0', 'invalid-parameter', '/position'],
    ['/v1/ledger/entries/99999999999999999999', 'invalid-parameter', '/position'],
    ['/v1/ledger/entries?from=Infinity', 'invalid-parameter', '/from'],
    ['/v1/ledger/entries?source=a', 'invalid-parameter', '/id'],
    ['/v1/ledger/entries?source=a&id=b%00', 'invalid-parameter', '/id'],
    ['/v1/ledger/entries?source=%00&id=b', 'invalid-parameter', '/source'],
    ['/v1/events?topic=a&partition=1&offset=99999999999999999999', 'invalid-parameter', '/offset'],
    ['/v1/events?topic=a&partition=1', 'invalid-parameter', '/offset'],
    ['/v1/companies?as_of=2024-01-01', 'unknown-parameter', '/as_of'],
    ['/v1/companies/a/cap-table?limit=5', 'unknown-parameter', '/limit'],
    ['/v1/ledger/entries/1?asOf=2024-01-01', 'unknown-parameter', '/asOf'],
    ['/v1/projection?x=1', 'unknown-parameter', '/x'],
    ['/v1/projection?__proto__=1', 'unknown-parameter', '/__proto__'],
  ])('answers %s with 400', async (path, code, pointer) => {
    const { status, headers, body } = await api.get(path);
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 400,
      type: expect.stringMatching(/^application\/problem\+json/),
    });
    expect(body).toMatchObject({
      type: `urn:deal-ledger:problem:${code}`,
      code,
      status: 400,
      requestId: headers.get('x-request-id'),
      errors: expect.arrayContaining([expect.objectContaining({ code, pointer })]),
    });
  });

  it('names every fault at once, and every parameter there is', async () => {
    const { body } = await api.get('/v1/companies/a/cap-table?asOf=x&minPosition=y&knownat=1');
    expect(body.errors).toEqual([
      { code: 'invalid-parameter', in: 'query', pointer: '/asOf', expected: expect.any(String) },
      {
        code: 'invalid-parameter',
        in: 'query',
        pointer: '/minPosition',
        expected: expect.any(String),
      },
      {
        code: 'unknown-parameter',
        in: 'query',
        pointer: '/knownat',
        expected: 'one of asOf, knownAt, publishedBy, minPosition',
      },
    ]);
  });

  it.each([
    ['/nothing', 404, 'no-such-route'],
    ['/v1/companies/%zz', 400, 'invalid-request'],
    ['/v1/companies/moonshot-ai/nothing', 404, 'no-such-route'],
    ['/v1/ledger/entries/4', 404, 'position-ahead'],
    ['/v1/companies?knownAt=4', 404, 'position-ahead'],
    ['/v1/companies/nobody/cap-table', 404, 'unknown-party'],
    ['/v1/investors/nobody', 404, 'unknown-party'],
  ])('answers %s with %d %s', async (path, status, code) => {
    const answer = await api.get(path);
    expect(answer).toMatchObject({ status, body: { code, status } });
  });

  it('is never brought to fail by what is asked', async () => {
    const odd = ['%00', '%F4%90%80%80', '..%2f..', '%', "'", '"', '\\', '{}', '*', ' ', '%0d%0a'];
    const paths = odd.flatMap((text) => [
      `/v1/companies/${text}`,
      `/v1/companies/${text}/cap-table`,
      `/v1/investors/${text}/portfolio`,
      `/v1/ledger/entries/${text}`,
      `/v1/companies?country=${text}&country__in=${text}&sectors=${text}&foundedOn__gte=${text}`,
      `/v1/companies?cursor=${text}&sort=${text}&roles=${text}`,
      `/v1/ledger/entries?source=${text}&id=${text}`,
      `/v1/events?source=${text}&id=${text}`,
      `/v1/events?topic=${text}&partition=${text}&offset=${text}`,
    ]);
    for (const path of paths) {
      const { status } = await api.get(path);
      expect([path, status]).toEqual([path, expect.any(Number)]);
      expect(status).toBeLessThan(500);
    }
  });

  it('says nothing of its inside when the machinery fails', async () => {
    await ledger.rows(`ALTER TABLE ${schema}.standing RENAME TO elsewhere`);
    await ledger.rows(`ALTER TABLE ${schema}.checkpoint RENAME COLUMN version TO other`);
    const { status, text, body } = await api.get('/v1/companies/moonshot-ai/cap-table');
    await ledger.rows(`ALTER TABLE ${schema}.checkpoint RENAME COLUMN other TO version`);
    await ledger.rows(`ALTER TABLE ${schema}.elsewhere RENAME TO standing`);
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal-error' });
    expect(text).not.toMatch(/column|read_|SELECT|node_modules/);
  });

  it('sends safe headers, keeps a given request id and replaces an odd one', async () => {
    const { headers } = await api.get('/v1/companies', { 'x-request-id': 'mine-1' });
    expect(headers.get('x-request-id')).toBe('mine-1');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-ledger-position')).toBe('3');
    const odd = await api.get('/v1/companies', { 'x-request-id': 'a b"c' });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is live and ready, and counts its requests', async () => {
    expect(await api.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await api.get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: { postgresql: null, projection: null } },
    });
    const { text, headers } = await api.get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('route="/v1/companies/:company/cap-table",status="400"');
    expect(text).not.toContain('nobody');
  });
});
