import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { portionOf, TestLedger } from '../../../test/ledger.ts';
import { binaryMode, describedParty, received, structuredMode } from '../../../test/records.ts';
import type { Appender } from './appender.ts';
import { leafHash } from './leaf.ts';
import type { ClaimedPartition } from './partitions.ts';
import { head, readEntries, readEntriesAt, readEntryOf, toEntry } from './read.ts';

describe('append', () => {
  let ledger: TestLedger;
  let appender: Appender;
  let partition: ClaimedPartition;

  beforeAll(async () => {
    ledger = await TestLedger.create();
  });

  afterAll(async () => {
    await ledger.close();
  });

  // Each spec has a topic of its own; one database serves them all.
  beforeEach(async () => {
    appender = ledger.appender();
    partition = await ledger.claim();
  });

  it('records claims in order, with everything the ledger keeps', async () => {
    const before = await head(ledger.pool);
    const first = structuredMode({ id: 'full-1', time: '2024-02-19T08:00:00.123456Z' });
    const second = binaryMode({ id: 'full-2' });
    const result = await appender.append([
      portionOf(partition, [received(0, first), received(1, second)]),
    ]);

    expect(result).toMatchObject({ recorded: 2, duplicates: 0, storedBefore: 0 });
    expect(result.firstPosition).toBe(before.position + 1);
    const entries = await readEntries(ledger.pool, { from: result.firstPosition, limit: 10 });
    expect(entries).toMatchObject([
      {
        position: before.position + 1,
        recordedAt: result.recordedAt,
        source: 'test-desk',
        id: 'full-1',
        type: 'party-described',
        saidAt: 1_708_329_600_123_456n,
        effectiveOn: '2024-02-19',
        topic: partition.topic,
        partition: 0,
        offset: 0n,
        key: Buffer.from('full-1'),
        value: Buffer.from(first.value),
        headers: received(0, first).headerBytes,
      },
      { position: before.position + 2, id: 'full-2', saidAt: null, offset: 1n },
    ]);
    for (const entry of entries) expect(entry.leafHash).toEqual(leafHash(entry));
    expect(entries.map((entry) => toEntry(entry).claim)).toMatchObject([
      { type: 'party-described', id: 'full-1', time: '2024-02-19T08:00:00.123456Z' },
      { type: 'party-described', id: 'full-2', time: null },
    ]);
    expect(await head(ledger.pool)).toMatchObject({
      position: result.position,
      recordedAt: result.recordedAt,
    });
    const stored = `SELECT next_offset::int, last_offset::int, holes::int
      FROM ledger.partition WHERE id = $1`;
    expect(await ledger.rows(stored, [partition.id])).toEqual([
      { next_offset: 2, last_offset: 1, holes: 0 },
    ]);
  });

  it('finds entries by position and by identity', async () => {
    const { position } = await appender.append([
      portionOf(partition, [received(0, binaryMode({ id: 'found' }))]),
    ]);
    const [entry] = await readEntriesAt(ledger.pool, [position, position + 1_000]);
    expect(entry).toMatchObject({ position, id: 'found' });
    expect(await readEntryOf(ledger.pool, { source: 'test-desk', id: 'found' })).toEqual(entry);
    expect(await readEntryOf(ledger.pool, { source: 'found', id: 'test-desk' })).toBeUndefined();
  });

  it('takes for the same what has the same type and canonical data', async () => {
    const data = { party: 'a-co', name: 'A', effectiveOn: '2024', aliases: ['é'] };
    const reordered = { aliases: ['é'], effectiveOn: '2024', name: 'A', party: 'a-co' };
    const result = await appender.append([
      portionOf(partition, [
        received(0, binaryMode({ id: 'same', data })),
        received(1, structuredMode({ id: 'same', data: reordered })),
      ]),
    ]);
    expect(result).toMatchObject({ recorded: 1, duplicates: 1 });
  });

  it('keeps duplicates within and across batches by their coordinates', async () => {
    const one = binaryMode({ id: 'dup-1' });
    const two = binaryMode({ id: 'dup-2' });
    const three = binaryMode({ id: 'dup-3' });
    const first = await appender.append([
      portionOf(partition, [received(0, one), received(1, one), received(2, two)]),
    ]);
    const again = [received(3, two), received(4, one), received(5, three)];
    const second = await appender.append([portionOf(partition, again, { expected: 3 })]);
    expect([first, second]).toMatchObject([
      { recorded: 2, duplicates: 1 },
      { recorded: 1, duplicates: 2 },
    ]);
    const found = `SELECT "offset"::int, position::int FROM ledger.duplicate
      WHERE partition_id = $1 ORDER BY "offset"`;
    expect(await ledger.rows(found, [partition.id])).toEqual([
      { offset: 1, position: first.firstPosition },
      { offset: 3, position: first.firstPosition + 1 },
      { offset: 4, position: first.firstPosition },
    ]);
  });

  it('looks identities up while duplicates keep coming, and counts each once', async () => {
    const records = Array.from({ length: 20 }, (_, n) => binaryMode({ id: `replay-${n}` }));
    await appender.append([
      portionOf(
        partition,
        records.map((record, n) => received(n, record)),
      ),
    ]);
    for (const [n, record] of records.entries()) {
      const expected = 20 + n;
      const result = await appender.append([
        portionOf(partition, [received(expected, record)], { expected }),
      ]);
      expect(result).toMatchObject({ recorded: 0, duplicates: 1 });
    }
    const count = 'SELECT count(*)::int FROM ledger.duplicate WHERE partition_id = $1';
    expect(await ledger.rows(count, [partition.id])).toEqual([{ count: 20 }]);
  });

  it('quarantines another content under a known identity, in a batch and across', async () => {
    const clash = (n: number, party: string) =>
      received(n, binaryMode({ id: 'clash', data: describedParty(party) }));
    const first = await appender.append([
      portionOf(partition, [clash(0, 'first'), clash(1, 'other')]),
    ]);
    const second = await appender.append([
      portionOf(partition, [clash(2, 'third')], { expected: 2 }),
    ]);
    expect(first.quarantined.get('conflicting-duplicate')).toBe(1);
    expect(second.quarantined.get('conflicting-duplicate')).toBe(1);
    const found = `SELECT "offset"::int, reason, source, event_id, conflicts_with::int, faults, key,
      convert_from(value, 'UTF8')::jsonb->>'party' AS party, headers, recorded_at IS NOT NULL AS timed
      FROM ledger.quarantine WHERE partition_id = $1 ORDER BY "offset"`;
    const expected = `the content of position ${first.position}`;
    const conflict = {
      timed: true,
      reason: 'conflicting-duplicate',
      source: 'test-desk',
      event_id: 'clash',
      conflicts_with: first.position,
      faults: [{ code: 'conflicting-duplicate', pointer: '', expected }],
      key: Buffer.from('clash'),
      headers: clash(0, 'first').headerBytes,
    };
    expect(await ledger.rows(found, [partition.id])).toEqual([
      { offset: 1, party: 'other', ...conflict },
      { offset: 2, party: 'third', ...conflict },
    ]);
  });

  it('quarantines what cannot be read byte for byte, and goes on', async () => {
    const unstorable = { party: 'a\u0000', '\ud800\u0000': '\u0000' };
    const nasty = [
      received(0, { value: Buffer.from([0xff, 0xfe, 0x00]), key: '\0key' }),
      received(1, { value: null }),
      received(2, { value: '{"a\\u0000\\ud800":1', headers: { ce_id: 'x' } }),
      received(3, binaryMode({ id: 'nasty', data: unstorable })),
      received(4, binaryMode({ id: 'a\u0000b' })),
      { ...received(5, { value: '{}' }), headerBytes: Buffer.from('06ff', 'hex') },
      received(6, binaryMode({ id: 'fine' })),
    ];
    const result = await appender.append([portionOf(partition, nasty)]);
    expect(result.recorded).toBe(1);
    const found = `SELECT "offset"::int, recorded_at IS NOT NULL AS timed, key, value, headers,
      jsonb_typeof(faults) AS faults FROM ledger.quarantine WHERE partition_id = $1 ORDER BY id`;
    expect(await ledger.rows(found, [partition.id])).toEqual(
      nasty.slice(0, 6).map(({ at, key, value, headerBytes }) => ({
        offset: at,
        timed: true,
        key,
        value,
        headers: headerBytes,
        faults: 'array',
      })),
    );
  });

  it('stores several partitions in one transaction and counts holes', async () => {
    const other = await ledger.claim(partition.topic, 1);
    const many = (offset: number, id: string) => received(offset, binaryMode({ id }));
    const result = await appender.append([
      portionOf(partition, [many(3, 'many-1'), many(7, 'many-2')]),
      portionOf(other, [many(0, 'many-3')]),
      portionOf(partition, [many(9, 'many-4')], { expected: 8 }),
      portionOf(other, [], { expected: 1, next: 5 }),
    ]);
    expect(result.recorded).toBe(4);
    const found = `SELECT partition, next_offset::int, last_offset::int, holes::int
      FROM ledger.partition WHERE topic = $1 ORDER BY partition`;
    expect(await ledger.rows(found, [partition.topic])).toEqual([
      { partition: 0, next_offset: 10, last_offset: 9, holes: 7 },
      { partition: 1, next_offset: 5, last_offset: 0, holes: 4 },
    ]);
  });
});
