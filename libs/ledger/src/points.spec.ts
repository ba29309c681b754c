import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portionOf, TestLedger } from '../../../test/ledger.ts';
import { binaryMode, received } from '../../../test/records.ts';
import { head } from './read.ts';
import { roles } from './roles.ts';

describe('points of knowledge', () => {
  let ledger: TestLedger;
  const batches = [
    ['2024-02-19T23:59:59Z', null, '2024-02-20T01:00:00+02:00'], // 1 … 3: all on the 19th
    ['2024-02-20T00:00:00Z', '2024-02-19T00:00:00Z', '2999-01-01T00:00:00Z'], // 4 … 6
    [null], // 7
    ['2024-05-23T10:00:00Z'], // 8
  ];
  const recordedAt: bigint[] = [];

  beforeAll(async () => {
    ledger = await TestLedger.create();
  });

  afterAll(async () => {
    await ledger.close();
  });

  const ask = async (call: string): Promise<unknown> => {
    const sql = `SET ROLE ${roles.reader}; SELECT ledger.${call}::int AS answer`;
    return (await ledger.rows(sql))[0]?.['answer'];
  };

  it('are 0 before the first entry', async () => {
    expect(await ask('latest_position()')).toBe(0);
    expect(await ask("position_at('infinity')")).toBe(0);
    expect(await ask("position_published_by('2024-01-01')")).toBe(0);
    expect(await head(ledger.pool)).toEqual({
      position: 0,
      recordedAt: null,
      publishedThrough: null,
    });
  });

  it('are sealed batch by batch', async () => {
    const partition = await ledger.claim();
    let offset = 0;
    for (const times of batches) {
      const expected = offset;
      const records = times.map((time) => {
        const said = time === null ? {} : { time };
        return received(offset, binaryMode({ id: `said-${offset++}`, ...said }));
      });
      const result = await ledger.appender().append([portionOf(partition, records, { expected })]);
      recordedAt.push(result.recordedAt);
    }
    expect(await ask('latest_position()')).toBe(8);
    const seals = 'SELECT first_position::int AS first, position::int AS last FROM ledger.seal';
    expect(await ledger.rows(`${seals} ORDER BY 1`)).toEqual([
      { first: 1, last: 3 },
      { first: 4, last: 6 },
      { first: 7, last: 7 },
      { first: 8, last: 8 },
    ]);
  });

  it('follow the running maximum of what was said, but for the future and the past', async () => {
    const marks = `SELECT to_char(day, 'YYYY-MM-DD') AS day, position::int
      FROM ledger.published_mark ORDER BY 1`;
    expect(await ledger.rows(marks)).toEqual([
      { day: '2024-02-19', position: 1 },
      { day: '2024-02-20', position: 4 },
      { day: '2024-05-23', position: 8 },
    ]);
    const { publishedThrough } = await head(ledger.pool);
    expect(publishedThrough).toBe(BigInt(Date.UTC(2024, 4, 23, 10)) * 1_000n);
  });

  it.each([
    ['0001-01-01', 0],
    ['2024-02-18', 0],
    ['2024-02-19', 3],
    ['2024-02-20', 7],
    ['2024-05-22', 7],
    ['2024-05-23', 8],
    ['2999-01-01', 8],
  ])('published by %s is position %i', async (day, position) => {
    expect(await ask(`position_published_by('${day}')`)).toBe(position);
  });

  it('are found by time, to the microsecond', async () => {
    const at = (micros: bigint) => ask(`position_at(ledger.from_micros(${micros}))`);
    const second = recordedAt[1] ?? 0n;
    expect(await at(second - 1n)).toBe(3);
    expect(await at(second)).toBe(6);
    expect(await ask("position_at('-infinity')")).toBe(0);
    expect(await ask("position_at('infinity')")).toBe(8);
  });

  it('are told to whoever listens, as they are committed', async () => {
    const listener = await ledger.pool.connect();
    await listener.query('LISTEN ledger_appended');
    const heard = new Promise((resolve) => listener.once('notification', resolve));
    const partition = await ledger.claim();
    const batch = portionOf(partition, [received(0, binaryMode({ id: 'heard' }))]);
    const { position } = await ledger.appender().append([batch]);
    expect(await heard).toMatchObject({ channel: 'ledger_appended', payload: String(position) });
    listener.release(true);
  });
});
