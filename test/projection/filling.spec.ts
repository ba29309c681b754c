import { head, roles } from '#libs/ledger';
import {
  capTable,
  companies,
  dropUnreadFillings,
  failedCompanies,
  fillingProgress,
  fillingsOf,
  holdSchema,
  readableSchema,
  standing,
} from '#libs/read-models';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FencedError } from '../../apps/projector/src/advance.ts';
import { Projection } from '../../apps/projector/src/project.ts';
import { Projected } from './projected.ts';
import type { Envelope } from './projected.ts';

let projected: Projected;

beforeEach(async () => {
  projected = await Projected.create();
});

afterEach(async () => {
  await projected.close();
});

let ids = 0;
const round = (company: string, closedOn = '2024-01-15'): Envelope => ({
  id: `round-${++ids}`,
  source: 'spec',
  type: 'round-closed',
  data: {
    roundId: `${company}-${ids}`,
    company,
    kind: 'equity',
    closedOn,
    amount: { amount: '20', currency: 'USD' },
    postMoney: { amount: '100', currency: 'USD' },
    participants: [{ investor: 'ann' }],
    participantsComplete: true,
  },
});

/** With the rights of the reader's role alone, and the search path that analysts are told to set. */
async function asAnalyst(sql: string): Promise<unknown[]> {
  const analyst = new Client({
    connectionString: projected.ledger.database.url,
    options: `-c role=${roles.reader} -c search_path=deals`,
  });
  await analyst.connect();
  const { rows } = await analyst.query<Record<string, unknown>>(sql);
  await analyst.end();
  return rows;
}

describe('two projectors of one filling', () => {
  it('let one advance and the other stand by until the first is gone', async () => {
    const filling = await projected.fill();
    await projected.record([round('moonshot'), round('zhipu')]);
    const first = await projected.follower(filling, { entriesMax: 1 });
    const second = await projected.follower(filling);
    expect(await first.follower.step()).toMatchObject({ position: 1, entries: 1 });
    expect(await second.follower.step()).toBeNull();
    expect(second.follower.position).toBeNull();
    first.client.release(true);
    let taken = await second.follower.step();
    while (taken === null) taken = await second.follower.step(); // The lock goes with its session.
    expect(taken).toMatchObject({ position: 2, entries: 1 });
    second.client.release(true);
  });

  it('never project a position twice: who finds the checkpoint moved changes nothing', async () => {
    const filling = await projected.fill();
    await projected.record([round('moonshot')]);
    const { follower, client } = await projected.follower(filling);
    expect(await follower.step()).toMatchObject({ position: 1 });
    await projected.record([round('zhipu')]);
    await projected.ledger.rows(`UPDATE ${filling.schema}.checkpoint SET position = 2`);
    const before = await projected.digest(filling);
    await expect(follower.step()).rejects.toThrow(FencedError);
    expect(await projected.digest(filling)).toEqual(before);
    client.release(true);
  });
});

describe('a company whose fold fails', () => {
  it('stops nobody else, and tells from which position and why', async () => {
    const filling = await projected.fill();
    await projected.record([round('moonshot'), round('zhipu')]);
    // Nothing but a defect can make a stored claim unreadable: here a hand in the database.
    await projected.ledger.rows(`
      INSERT INTO ledger.entry (position, recorded_at, "offset", partition_id, content_hash,
        leaf_hash, source, id, type, company, headers, value)
      SELECT 3, recorded_at, 1000, partition_id, content_hash, leaf_hash, source, 'damaged', type,
        'moonshot', headers, 'no claim' FROM ledger.entry WHERE position = 2;
      UPDATE ledger.head SET position = 3`);
    await projected.record([round('moonshot', '2024-02-15'), round('zhipu', '2024-02-15')]);
    await projected.project(filling, { entriesMax: 2 });

    const at = (atPosition: number) => ({ asOf: '2024-12-31', atPosition });
    const failed = { company: 'moonshot', failedAt: 3 };
    expect(await projected.ask(failedCompanies, filling, { atPosition: 2 })).toEqual([]);
    expect(await projected.ask(failedCompanies, filling, { atPosition: 5 })).toMatchObject([
      failed,
    ]);
    const moonshot = { company: 'moonshot' };
    expect(await projected.ask(standing, filling, { ...moonshot, ...at(2) })).toHaveLength(1);
    expect(await projected.ask(capTable, filling, { ...moonshot, ...at(2) })).toHaveLength(2);
    expect(await projected.ask(capTable, filling, { ...moonshot, ...at(5) })).toEqual([]);
    const zhipu = await projected.ask(capTable, filling, { company: 'zhipu', ...at(5) });
    expect(zhipu.map(({ ownership }) => ownership)).toEqual(['0.360000', '0.640000']);
  });
});

describe('a projection', () => {
  const running = async (version: number, work: (projection: Projection) => Promise<void>) => {
    const projection = new Projection(projected.pool, {
      version,
      entriesMax: 100,
      cachedEntriesMax: 1_000,
      pollMs: 60_000, // So that only a notification can be quick.
    });
    const run = projection.run();
    await work(projection);
    projection.stop();
    await run;
  };
  const until = async <T>(look: () => Promise<T | undefined | null | false>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const reached = (schema: string, position: number) =>
    until(async () =>
      (await fillingProgress(projected.pool)).some(
        (filling) => filling.schema === schema && filling.position === position,
      ),
    );

  it('makes its first filling, and is told when the ledger grows', async () => {
    await running(1, async () => {
      const schema = await until(() => readableSchema(projected.pool, 1));
      expect(schema).toBe('read_1_1');
      await reached(schema, await projected.record([round('moonshot')]));
      await reached(schema, await projected.record([round('zhipu')]));
    });
    const [filling] = await fillingsOf(projected.pool, 1);
    expect(filling).toMatchObject({ state: 'live', schema: 'read_1_1' });
    const rows = await projected.ask(companies, filling!, { asOf: '2024-12-31', atPosition: 2 });
    expect(rows).toMatchObject([
      { company: 'moonshot', register: 'notional', postMoney: { USD: '100' } },
      { company: 'zhipu', postMoneyOn: '2024-01-15' },
    ]);
    expect(
      await asAnalyst(`
      SELECT holder, ownership FROM cap_table('zhipu', '2024-12-31', latest_position())
      ORDER BY holder`),
    ).toEqual([
      { holder: 'ann', ownership: '0.200000' },
      { holder: 'undisclosed', ownership: '0.800000' },
    ]);
    expect(await asAnalyst(`SELECT position_published_by('2023-12-31') AS position`)).toEqual([
      { position: '2' },
    ]);
  });

  it('fills a newer version beside the live one, which is read until nobody reads it', async () => {
    await projected.record([round('moonshot'), round('zhipu')]);
    await running(1, async () => {
      await until(() => readableSchema(projected.pool, 1));
    });
    const reader = await projected.pool.connect();
    expect(await holdSchema(reader, 'read_1_1')).toBe(true);
    const told: (string | undefined)[] = [];
    reader.on('notification', ({ payload }) => told.push(payload));
    await reader.query('LISTEN projection_live');
    await running(2, async () => {
      await until(() => readableSchema(projected.pool, 2));
    });
    await reader.query('SELECT 1');
    expect(
      await asAnalyst(
        'SELECT company FROM companies(current_date, latest_position()) ORDER BY company',
      ),
    ).toEqual([{ company: 'moonshot' }, { company: 'zhipu' }]);
    expect(told).toEqual(['read_2_1']);
    expect(await fillingProgress(projected.pool)).toMatchObject([
      { schema: 'read_1_1', state: 'ready', position: 2 },
      { schema: 'read_2_1', state: 'live', position: 2 },
    ]);
    expect(await readableSchema(projected.pool, 1)).toBe('read_1_1');

    const tidier = await projected.pool.connect();
    expect(await dropUnreadFillings(tidier)).toEqual([]);
    reader.release(true);
    await until(async () => (await dropUnreadFillings(tidier)).includes('read_1_1'));
    tidier.release();
    expect(await readableSchema(projected.pool, 1)).toBeNull();
    expect(await readableSchema(projected.pool, 2)).toBe('read_2_1');
    expect((await head(projected.pool)).position).toBe(2);
  });

  it('lets a second filling of its version take the place of the first', async () => {
    await projected.record([round('moonshot')]);
    await running(1, async () => {
      await until(() => readableSchema(projected.pool, 1));
      const again = await projected.fill(1);
      await projected.record([round('zhipu')]);
      await until(async () => (await readableSchema(projected.pool, 1)) === again.schema);
      await reached(again.schema, 2);
    });
    const states = (await fillingProgress(projected.pool)).map(({ state }) => state);
    expect(states).toEqual(['retired', 'live']);
  });
});
