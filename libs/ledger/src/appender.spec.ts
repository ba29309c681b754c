import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'pg';
import { portionOf, shortLimits, TestLedger } from '../../../test/ledger.ts';
import { binaryMode, received } from '../../../test/records.ts';
import type { Appender } from './appender.ts';
import type { ClaimedPartition } from './partitions.ts';
import { head } from './read.ts';

describe('appender', () => {
  let ledger: TestLedger;
  let appender: Appender;
  let partition: ClaimedPartition;

  beforeAll(async () => {
    ledger = await TestLedger.create();
  });

  afterAll(async () => {
    await ledger.close();
  });

  beforeEach(async () => {
    appender = ledger.appender();
    partition = await ledger.claim();
  });

  const one = (id: string, offset = 0) =>
    portionOf(partition, [received(offset, binaryMode({ id }))], { expected: offset });

  const recordedIds = () =>
    ledger.rows('SELECT id FROM ledger.entry WHERE partition_id = $1', [partition.id]);

  it('lets one of two writers win, and tells the other which partition it lost', async () => {
    const mine = one('race-mine');
    const theirs = await ledger.claim(partition.topic);
    expect(theirs.epoch).toBe(partition.epoch + 1);
    const other = await ledger.claim();
    const result = await appender.append([
      mine,
      portionOf(other, [received(0, binaryMode({ id: 'race-beside' }))]),
    ]);
    expect(result).toMatchObject({ recorded: 1, fenced: [{ topic: partition.topic }] });
    await expect(appender.append([mine])).resolves.toMatchObject({ recorded: 0, position: 0 });
    await expect(
      appender.append([portionOf(theirs, [received(0, binaryMode({ id: 'race-theirs' }))])]),
    ).resolves.toMatchObject({ recorded: 1, fenced: [] });
    expect(await recordedIds()).toEqual([{ id: 'race-theirs' }]);
  });

  it('is fenced by a claim that comes between its first statement and its last', async () => {
    const blocker = await ledger.pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT FROM ledger.partition WHERE id = $1 FOR UPDATE', [partition.id]);
    const settled = expect(appender.append([one('between')])).resolves.toMatchObject({
      recorded: 0,
      fenced: [{ topic: partition.topic }],
    });
    await sleep(200); // It waits at its last statement now.
    const claim = 'UPDATE ledger.partition SET epoch = epoch + 1 WHERE id = $1';
    await blocker.query(claim, [partition.id]);
    await blocker.query('COMMIT');
    blocker.release();
    await settled;
    expect(await recordedIds()).toEqual([]);
  });

  it('lets writers of many partitions append at once, in one dense order', async () => {
    const before = await head(ledger.pool);
    const partitions = await Promise.all(
      Array.from({ length: 4 }, (_, n) => ledger.claim(partition.topic, n + 1)),
    );
    await Promise.all(
      partitions.map(async (mine, writer) => {
        const own = ledger.appender();
        for (let offset = 0; offset < 25; offset++) {
          const record = received(offset, binaryMode({ id: `dense-${writer}-${offset}` }));
          await own.append([portionOf(mine, [record], { expected: offset })]);
        }
      }),
    );
    const check = `
      SELECT count(*)::int AS entries, max(position)::int AS last,
        bool_and(recorded_at > earlier) IS NOT FALSE AS forward, bool_and("offset" > lower) AS ordered
      FROM (SELECT *, lag(recorded_at) OVER (ORDER BY position) AS earlier,
          lag("offset", 1, -1) OVER (PARTITION BY partition_id ORDER BY position) AS lower
        FROM ledger.entry WHERE position > $1) AS entry`;
    expect(await ledger.rows(check, [before.position])).toEqual([
      { entries: 100, last: before.position + 100, forward: true, ordered: true },
    ]);
  });

  it('recognises its own success when the acknowledgement was lost', async () => {
    const batch = one('ack');
    await appender.append([batch]);
    const again = await appender.append([batch, one('ack-2', 1)]);
    expect(again).toMatchObject({ storedBefore: 1, recorded: 1 });
    await expect(appender.append([batch])).resolves.toMatchObject({ storedBefore: 1, recorded: 0 });
  });

  it('tries again when its connection is cut', async () => {
    const failures: unknown[] = [];
    const stubborn = ledger.appender({ onRetry: (error) => failures.push(error) });
    const blocker = await ledger.pool.connect();
    await blocker.query('BEGIN; SELECT FROM ledger.head FOR UPDATE');
    const attempt = stubborn.append([one('cut')]);
    await sleep(100);
    await ledger.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    await blocker.query('ROLLBACK');
    blocker.release();
    await expect(attempt).resolves.toMatchObject({ recorded: 1 });
    expect(failures.length).toBeGreaterThan(0);
  });

  it('ends a writer that froze in the middle of its COPY, holding the head', async () => {
    const frozen = await ledger.pool.connect();
    frozen.on('error', () => undefined);
    await frozen.query('BEGIN; SET LOCAL transaction_timeout = 500');
    await frozen.query('SELECT FROM ledger.head FOR UPDATE');
    frozen.query(new CopyThatNeverComes());
    const start = performance.now();
    await expect(appender.append([one('thaw')])).resolves.toMatchObject({ recorded: 1 });
    expect(performance.now() - start).toBeGreaterThan(shortLimits.lockMs);
    frozen.release(true);
  });

  it('waits for a writer that is slow but within its time', async () => {
    const slow = await ledger.pool.connect();
    await slow.query('BEGIN; SELECT FROM ledger.head FOR UPDATE');
    const attempt = appender.append([one('patient')]);
    await sleep(2 * shortLimits.lockMs);
    await slow.query('COMMIT');
    slow.release();
    await expect(attempt).resolves.toMatchObject({ recorded: 1 });
  });

  it('gives up at once on what will not pass', async () => {
    await appender.append([one('once')]);
    await ledger.rows(
      `UPDATE ledger.partition SET next_offset = 0, last_offset = NULL, last_fingerprint = NULL
       WHERE id = $1`,
      [partition.id],
    );
    const taken = appender.append([one('twice')]);
    await expect(taken).rejects.toThrow('entry_partition_id_offset_key');
  });

  it('gives up in the end on what does not pass', async () => {
    const impatient = ledger.appender({ retryMs: 700 });
    const blocker = await ledger.pool.connect();
    await blocker.query('BEGIN; SELECT FROM ledger.head FOR UPDATE');
    await expect(impatient.append([one('late')])).rejects.toMatchObject({ code: '55P03' });
    await blocker.query('ROLLBACK');
    blocker.release();
    expect(await recordedIds()).toEqual([]);
  });

  it('never lets recorded time run backwards', async () => {
    await ledger.rows(`UPDATE ledger.head SET recorded_at = clock_timestamp() + interval '1 hour'`);
    const before = await head(ledger.pool);
    const first = await appender.append([one('clock-1')]);
    const second = await appender.append([one('clock-2', 1)]);
    expect(first.recordedAt).toBe((before.recordedAt ?? 0n) + 1n);
    expect(second.recordedAt).toBe((before.recordedAt ?? 0n) + 2n);
  });
});

/** Begins a COPY whose rows never come. */
class CopyThatNeverComes {
  submit(connection: Connection): void {
    connection.query('COPY ledger.entry FROM STDIN');
  }

  handleCopyInResponse(): void {
    // Frozen.
  }

  handleError(): void {
    // The connection is cut in the end.
  }
}
