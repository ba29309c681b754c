import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECTION_VERSION } from '#libs/read-models';
import { portionOf, TestLedger } from '../ledger.ts';
import { describedParty, received, structuredMode } from '../records.ts';
import { createEmptyFilling, RunningApi } from './running-api.ts';

/** Five entries in three batches, said from January to March 2024; the last says no time. */
const batches = [
  ['2024-01-10T08:00:00Z', '2024-01-20T08:00:00Z'],
  ['2024-02-10T08:00:00Z'],
  ['2024-03-10T08:00:00Z', undefined],
];

describe('both time axes', () => {
  let ledger: TestLedger;
  let api: RunningApi;
  let schema: string;
  let seals: string[];

  beforeAll(async () => {
    ledger = await TestLedger.create();
    const partition = await ledger.claim();
    let offset = 0;
    for (const times of batches) {
      const records = times.map((time, index) =>
        received(
          offset + index,
          structuredMode({
            id: `e-${String(offset + index)}`,
            ...(time === undefined ? {} : { time }),
            data: describedParty('moonshot-ai'),
          }),
        ),
      );
      await ledger.appender().append([portionOf(partition, records, { expected: offset })]);
      offset += times.length;
    }
    const rows = await ledger.rows(`SELECT to_char(recorded_at AT TIME ZONE 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM ledger.seal ORDER BY position`);
    seals = rows.map(({ at }) => String(at));
    schema = await createEmptyFilling(ledger.database.url);
    api = await RunningApi.start({ DATABASE_URL: ledger.database.url });
  });

  beforeEach(() => projectedTo(5));

  afterAll(async () => {
    await api.close();
    await ledger.close();
  });

  async function projectedTo(position: number): Promise<void> {
    await ledger.rows(`UPDATE ${schema}.checkpoint SET position = ${String(position)}`);
    await ledger.rows(`SELECT pg_notify('projection_advanced', '${schema}:${String(position)}')`);
  }

  const metaOf = async (query: string) => {
    const { status, body } = await api.get(`/v1/companies?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body.meta;
  };

  it('answers about today and all that is projected unless told', async () => {
    const before = new Date().toISOString().slice(0, 10);
    const meta = await metaOf('');
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(meta?.['asOf']);
    expect(meta).toEqual({
      asOf: meta?.['asOf'],
      position: 5,
      recordedAt: seals[2],
      publishedThrough: '2024-03-10',
      projectionVersion: PROJECTION_VERSION,
      settled: true,
    });
  });

  it.each([
    [0, null, null],
    [1, 0, '2024-01-10'],
    [2, 0, '2024-01-20'],
    [3, 1, '2024-02-10'],
    [5, 2, '2024-03-10'],
  ])('reads as known at position %d', async (position, seal, publishedThrough) => {
    expect(await metaOf(`asOf=2024-02-20&knownAt=${String(position)}`)).toMatchObject({
      asOf: '2024-02-20',
      position,
      recordedAt: seal === null ? null : seals[seal],
      publishedThrough,
      settled: true,
    });
  });

  it('reads as known at a time: the last position recorded at or before it', async () => {
    const [first = '', second = ''] = seals;
    expect(await metaOf(`knownAt=${first}`)).toMatchObject({ position: 2, settled: true });
    expect(await metaOf(`knownAt=${second}`)).toMatchObject({ position: 3, settled: true });
    // Finer digits than microseconds, and another offset, name the same moment.
    const shifted = `${second.slice(0, -1)}999+00:00`;
    expect(await metaOf(`knownAt=${encodeURIComponent(shifted)}`)).toMatchObject({ position: 3 });
    expect(await metaOf('knownAt=2001-01-01T00:00:00Z')).toMatchObject({
      position: 0,
      recordedAt: null,
      settled: true,
    });
  });

  it('says that a time at or after the newest seal is not settled, and not to be kept', async () => {
    for (const time of [seals[2] ?? '', '2999-01-01T00:00:00Z']) {
      const { body, headers } = await api.get(`/v1/companies?knownAt=${time}`);
      expect(body.meta).toMatchObject({ position: 5, settled: false });
      expect(headers.get('cache-control')).toBe('no-store');
    }
    const { headers } = await api.get('/v1/companies?knownAt=5');
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['2023-12-31', 0, true],
    ['2024-01-10', 1, true],
    ['2024-01-31', 2, true],
    ['2024-02-29', 3, true],
    ['2024-03-09', 3, true],
    ['2024-03-10', 5, false],
    ['2999-12-31', 5, false],
  ])('reads as published by %s', async (day, position, settled) => {
    expect(await metaOf(`publishedBy=${day}`)).toMatchObject({ position, settled });
  });

  it('waits for what is recorded to be projected', async () => {
    await projectedTo(3);
    expect(await metaOf('')).toMatchObject({ position: 3 });
    const waiting = [
      metaOf('knownAt=5'),
      metaOf('minPosition=4'),
      metaOf('publishedBy=2024-12-31'),
    ];
    setTimeout(() => void projectedTo(5), 300);
    expect(await Promise.all(waiting)).toMatchObject([
      { position: 5, settled: true },
      { position: 5, settled: true },
      { position: 5, settled: false },
    ]);
  });

  it('answers 503 and when to come back if it takes long', async () => {
    await projectedTo(3);
    for (const query of ['knownAt=4', 'minPosition=6', 'knownAt=2999-01-01T00:00:00Z']) {
      const { status, body, headers } = await api.get(`/v1/companies?${query}`);
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'not-projected-yet' });
      expect(headers.get('retry-after')).toBe('1');
    }
  });

  it('answers 404 for a position that is not recorded', async () => {
    const { status, body } = await api.get('/v1/companies/moonshot-ai/cap-table?knownAt=6');
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'position-ahead' });
  });

  it('reads the ledger in pages that stand still', async () => {
    const first = await api.get('/v1/ledger/entries?limit=2&from=2');
    expect(first.body.meta).toEqual({
      position: 5,
      recordedAt: seals[2],
      publishedThrough: '2024-03-10',
    });
    expect(first.body.data).toMatchObject([
      { position: 2, id: 'e-1', time: '2024-01-20T08:00:00Z', offset: '1', company: null },
      { position: 3, data: { party: 'moonshot-ai' }, type: 'party-described' },
    ]);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(link).toContain(`cursor=${String(first.body.next)}`);
    const second = await api.get(link);
    expect(second.body).toMatchObject({ data: [{ position: 4 }, { position: 5 }], next: null });
    expect(second.headers.get('link')).toBeNull();
    const named = await api.get('/v1/ledger/entries?source=test-desk&id=e-4');
    expect(named.body.data).toMatchObject([{ position: 5, time: null }]);
    expect((await api.get('/v1/ledger/entries/5')).body.data).toEqual(
      (named.body.data as unknown[])[0],
    );
    expect((await api.get('/v1/ledger/entries?source=test-desk&id=none')).body.data).toEqual([]);
    expect((await api.get('/v1/ledger/entries?from=4&to=3')).body.data).toEqual([]);
  });

  it('tells how far the projection is', async () => {
    await projectedTo(3);
    const { body } = await api.get('/v1/projection');
    expect(body).toMatchObject({
      meta: { position: 5 },
      data: {
        live: { version: PROJECTION_VERSION, position: 3, lagEntries: 2 },
        building: null,
      },
    });
  });

  it('moves on to a filling that took the place of the one it read', async () => {
    const before = schema;
    schema = await createEmptyFilling(ledger.database.url);
    await projectedTo(4);
    for (let tries = 0; tries < 50; tries++) {
      if ((await metaOf(''))?.['position'] === 4) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await metaOf('')).toMatchObject({ position: 4 });
    await ledger.rows(`DROP SCHEMA ${before} CASCADE`);
    expect(await metaOf('')).toMatchObject({ position: 4 });
  });

  it('answers 410 where a cursor outlived its version', async () => {
    const cursor = Buffer.from(
      JSON.stringify({ version: 0, asOf: '2024-01-01', position: 1, skip: 1 }),
    ).toString('base64url');
    const { status, body } = await api.get(`/v1/companies?cursor=${cursor}`);
    expect({ status, code: body.code }).toEqual({ status: 410, code: 'cursor-gone' });
    const both = await api.get(`/v1/companies?cursor=${cursor}&asOf=2024-01-01`);
    expect(both.status).toBe(400);
  });
});
