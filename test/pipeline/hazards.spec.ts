import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import type { Admin, Producer } from 'kafkajs';
import kafkajs from 'kafkajs';
import { TestLedger } from '../ledger.ts';
import { binaryMode, structuredMode } from '../records.ts';
import type { TestTopics } from '../servers.ts';
import { createTopics, suffix, testKafka } from '../servers.ts';
import { deleteRecords, encodeHeaderSection, publishRaw } from './raw-kafka.ts';
import { reconcile } from './reconcile.ts';
import { eventually, startIngester } from './running-ingester.ts';
import type { RunningIngester } from './running-ingester.ts';

describe('what Kafka and KafkaJS have in store', () => {
  let ledger: TestLedger;
  let admin: Admin;
  let producer: Producer;
  let topics: TestTopics;
  let topic: string;
  let ingester: RunningIngester | undefined;

  beforeAll(async () => {
    ledger = await TestLedger.create();
    admin = testKafka().admin();
    await admin.connect();
    producer = testKafka().producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
  });

  afterAll(async () => {
    await producer.disconnect();
    await admin.disconnect();
    await ledger.close();
  });

  beforeEach(async () => {
    topics = await createTopics({ hazard: 1 }, { 'max.message.bytes': '67108864' });
    topic = topics.name('hazard');
  });

  afterEach(async () => {
    await ingester?.close();
    ingester = undefined;
    await topics.drop();
  });

  const start = async () => {
    ingester = await startIngester({ url: ledger.database.url, topics: [topic] });
    return ingester;
  };

  const publish = (ids: string[], to: { send: Producer['send'] } = producer) =>
    to.send({ topic, messages: ids.map((id) => binaryMode({ id: `${topic}-${id}` })) });

  const storedUpTo = (offset: number) =>
    eventually(async () => {
      const next = 'SELECT next_offset::int AS next FROM ledger.partition WHERE topic = $1';
      expect(await ledger.rows(next, [topic])).toEqual([{ next: offset }]);
    });

  /** Ingests what there is, and stops. */
  const ingestUpTo = async (offset: number) => {
    await start();
    await storedUpTo(offset);
    await ingester?.close();
    ingester = undefined;
  };

  it('keeps every byte of headers no library lets through', async () => {
    const name = (text: string) => Buffer.from(text);
    const headers = [
      [name('ce_specversion'), Buffer.from('1.0')],
      [name('x'), Buffer.from('1')],
      [name('__proto__'), null],
      [name('x'), Buffer.alloc(0)],
      [Buffer.of(0xff, 0x00), Buffer.of(0x00, 0xff)],
      [name(''), Buffer.from('nameless')],
      [name('x'), Buffer.from('3')],
    ] as const;
    const many = Array.from({ length: 100_000 }, (_, n) => [name(`h${n}`), name('v')] as const);
    const good = binaryMode({ id: `${topic}-good` });
    const goodHeaders = Object.entries(good.headers).map(([n, v]) => [name(n), name(v)] as const);
    await publishRaw({ topic }, [
      { key: Buffer.of(0), value: Buffer.from('{}'), headers },
      { value: Buffer.from('{}'), headers: many },
      { value: Buffer.from(good.value), headers: [...goodHeaders, ...headers.slice(1)] },
    ]);
    await start();
    await storedUpTo(3);
    const kept = `SELECT headers FROM (SELECT "offset", headers FROM ledger.entry WHERE id = $1
      UNION ALL SELECT "offset", headers FROM ledger.quarantine WHERE partition_id =
        (SELECT id FROM ledger.partition WHERE topic = $2)) AS r ORDER BY "offset"`;
    const rows = await ledger.rows(kept, [`${topic}-good`, topic]);
    const expected = [headers, many, [...goodHeaders, ...headers.slice(1)]];
    expect(rows.map((row) => (row['headers'] as Buffer).toString('hex'))).toEqual(
      expected.map((list) => encodeHeaderSection(list).toString('hex')),
    );
  });

  it('reads 150,000 tiny records of one batch, on which KafkaJS overflows its stack', async () => {
    const tiny = Array.from({ length: 150_000 }, () => ({ value: Buffer.from('1') }));
    await publishRaw({ topic }, tiny);
    await publish(['after']);
    await start();
    await storedUpTo(150_001);
    const count = `SELECT count(*)::int FROM ledger.quarantine WHERE partition_id =
      (SELECT id FROM ledger.partition WHERE topic = $1)`;
    expect(await ledger.rows(count, [topic])).toEqual([{ count: 150_000 }]);
  }, 60_000);

  it('never records what a transaction aborted, and moves past it', async () => {
    const transactional = testKafka().producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      transactionalId: `tx-${suffix()}`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await transactional.connect();
    await start();
    const aborted = await transactional.transaction();
    await publish(['a', 'b'], aborted);
    await aborted.abort(); // 0, 1, marker 2
    const committed = await transactional.transaction();
    await publish(['c'], committed);
    await committed.commit(); // 3, marker 4
    const last = await transactional.transaction();
    await publish(['d'], last);
    await last.abort(); // 5, marker 6: nothing visible follows
    await transactional.disconnect();
    await storedUpTo(7);
    expect(await reconcile(ledger, [topic])).toMatchObject({ read: 1, recorded: 1 });
    const holes = 'SELECT holes::int FROM ledger.partition WHERE topic = $1';
    expect(await ledger.rows(holes, [topic])).toEqual([{ holes: 6 }]);
    await ingester?.close();
    await (await start()).ready(); // What it goes on from is a record before holes.
  });

  it('goes on in partitions added while it runs', async () => {
    const running = await start();
    await running.ready();
    await publish(['one']);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    // KafkaJS drops in silence what is meant for a partition it has not heard of: not so this.
    for (const partition of [1, 2]) {
      const { value, headers } = structuredMode({ id: `${topic}-added-${partition}` });
      const list = Object.entries(headers).map(
        ([n, v]) => [Buffer.from(n), Buffer.from(v)] as const,
      );
      await eventually(async () => {
        await publishRaw({ topic, partition }, [{ value: Buffer.from(value), headers: list }]);
      });
    }
    await eventually(async () => {
      const { recorded } = await reconcile(ledger, [topic]);
      expect(recorded).toBe(3);
    }, 60_000);
  }, 90_000);

  it('stops hard where Kafka deleted records before they were recorded', async () => {
    await publish(['0', '1']);
    await ingestUpTo(2);
    await publish(['2', '3', '4']);
    await deleteRecords({ topic }, 4);
    const { failure } = await start();
    await expect(failure).resolves.toMatchObject({
      name: 'HardStop',
      message: expect.stringContaining(`deleted offsets 2 to 3 of ${topic}[0]`) as unknown,
    });
    // Its advice works.
    const advice = /UPDATE .*$/.exec(((await failure) as Error).message)?.[0] ?? '';
    await ingester?.close();
    await ledger.rows(`SET ROLE deal_ledger_owner; ${advice}; RESET ROLE`);
    await start();
    await storedUpTo(5);
  });

  it('goes on where Kafka deleted only what was recorded', async () => {
    await publish(['0', '1', '2']);
    await ingestUpTo(3);
    await publish(['3']);
    await deleteRecords({ topic }, 3);
    await start();
    await storedUpTo(4);
  });

  it('stops hard where the topic ends before what was read', async () => {
    await publish(['0', '1', '2']);
    await ingestUpTo(3);
    await recreate();
    await publish(['0']);
    const { failure } = await start();
    await expect(failure).resolves.toMatchObject({
      name: 'HardStop',
      message: expect.stringContaining('up to offset 3, and the topic ends at 1') as unknown,
    });
  });

  it('stops hard where a topic of the same name holds other records, or the same ones anew', async () => {
    await publish(['0', '1', '2']);
    await ingestUpTo(3);
    await recreate();
    await publish(['0', '1', '2', '3', '4']);
    const { failure } = await start();
    await expect(failure).resolves.toMatchObject({
      name: 'HardStop',
      message: expect.stringContaining(`Offset 2 of ${topic}[0] does not hold`) as unknown,
    });
    const count = `SELECT count(*)::int FROM ledger.entry WHERE id LIKE $1`;
    expect(await ledger.rows(count, [`${topic}-%`])).toEqual([{ count: 3 }]);
  });

  it('lets PostgreSQL decide, whatever offset the group has', async () => {
    const groupId = `group-${suffix()}`;
    await publish(['0', '1', '2', '3']);
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '3' }] });
    ingester = await startIngester({ url: ledger.database.url, topics: [topic], groupId });
    await storedUpTo(4);
    expect(await reconcile(ledger, [topic])).toMatchObject({ recorded: 4 });
    await ingester.close();
    ingester = undefined;
    // The hint was given on the way out.
    const [told] = await admin.fetchOffsets({ groupId, topics: [topic] });
    expect(told?.partitions).toMatchObject([{ partition: 0, offset: '4' }]);
  });

  it('joins again when another writer has taken a partition over, and loses nothing', async () => {
    const running = await start();
    await running.ready();
    await publish(['0']);
    await storedUpTo(1);
    await ledger.rows('UPDATE ledger.partition SET epoch = epoch + 1 WHERE topic = $1', [topic]);
    await publish(['1', '2']);
    await storedUpTo(3);
    await running.ready();
    expect(await reconcile(ledger, [topic])).toMatchObject({ recorded: 3 });
  });

  it('shares partitions with another ingester that joins and leaves', async () => {
    await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] });
    const groupId = `group-${suffix()}`;
    const options = { url: ledger.database.url, topics: [topic], groupId };
    ingester = await startIngester(options);
    await ingester.ready();
    let published = 0;
    const more = async () => {
      for (let n = 0; n < 5; n++) {
        const ids = Array.from({ length: 100 }, () => String(published++));
        await publish(ids);
      }
    };
    await more();
    const other = await startIngester(options);
    await more();
    await other.ready();
    await more();
    await other.close();
    await more();
    await eventually(async () => {
      const count = `SELECT count(*)::int FROM ledger.entry WHERE id LIKE $1`;
      expect(await ledger.rows(count, [`${topic}-%`])).toEqual([{ count: published }]);
    });
    expect(await reconcile(ledger, [topic])).toMatchObject({
      read: published,
      recorded: published,
    });
  }, 60_000);

  it('ends, and says why, when something breaks that should not', async () => {
    const running = await start();
    await running.ready();
    await ledger.rows('ALTER TABLE ledger.entry RENAME TO elsewhere');
    try {
      await publish(['0']);
      await expect(running.failure).resolves.toMatchObject({
        message: expect.stringContaining('"ledger.entry" does not exist') as unknown,
      });
    } finally {
      await ledger.rows('ALTER TABLE ledger.elsewhere RENAME TO entry');
    }
  });

  const recreate = async () => {
    await admin.deleteTopics({ topics: [topic] });
    await eventually(async () => {
      await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1 }] });
    });
  };
});
