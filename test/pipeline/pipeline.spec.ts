import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKafka, createLogger } from '#libs/platform';
import type { Message, Producer } from 'kafkajs';
import kafkajs from 'kafkajs';
import { TestLedger } from '../ledger.ts';
import { binaryMode, describedParty, structuredMode } from '../records.ts';
import type { TestTopics } from '../servers.ts';
import { createTopics, kafkaBrokers } from '../servers.ts';
import { reconcile } from './reconcile.ts';
import type { RunningIngester } from './running-ingester.ts';
import { eventually, startIngester } from './running-ingester.ts';

describe('Kafka to ledger', () => {
  let ledger: TestLedger;
  let topics: TestTopics;
  let ingester: RunningIngester;
  let producer: Producer;
  const codecs = ['gzip', 'snappy', 'lz4', 'zstd'];

  beforeAll(async () => {
    ledger = await TestLedger.create();
    topics = await createTopics({ claims: 3, bad: 1 });
    const kafka = createKafka(
      { KAFKA_BROKERS: kafkaBrokers(), KAFKA_CLIENT_ID: 'spec', KAFKA_SSL: false },
      createLogger('spec', { NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    );
    producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    const names = ['claims', 'bad'].map((topic) => topics.name(topic));
    ingester = await startIngester({ url: ledger.database.url, topics: names });
    await ingester.ready();
  });

  afterAll(async () => {
    await ingester.close();
    await producer.disconnect();
    await topics.drop();
    await ledger.close();
  });

  const publish = async (topic: string, messages: Message[]) => {
    const [sent] = await producer.send({ topic: topics.name(topic), messages });
    return Number(sent?.baseOffset ?? 0);
  };

  const recorded = (ids: string[]) =>
    eventually(async () => {
      const found = 'SELECT id FROM ledger.entry WHERE id = ANY ($1) ORDER BY position';
      const rows = await ledger.rows(found, [ids]);
      expect(rows.map(({ id }) => id)).toEqual(ids);
    });

  it('records both modes, with what they say', async () => {
    const time = '2024-02-19T08:00:00Z';
    await publish('claims', [
      binaryMode({ id: 'binary', time }),
      structuredMode({ id: 'structured', time }),
      { ...structuredMode({ id: 'bare' }), headers: {} },
    ]);
    await eventually(async () => {
      const rows = await ledger.rows(`SELECT id, source, type, said_at, effective_on::text
        FROM ledger.entry WHERE id IN ('binary', 'structured', 'bare') ORDER BY id`);
      const claim = { source: 'test-desk', type: 'party-described', effective_on: '2024-02-19' };
      expect(rows).toEqual([
        { id: 'bare', said_at: null, ...claim },
        { id: 'binary', said_at: new Date(time), ...claim },
        { id: 'structured', said_at: new Date(time), ...claim },
      ]);
    });
  });

  it('quarantines every kind of bad input byte for byte, and the partition goes on', async () => {
    const text = (value: string) => ({ key: 'k', value, headers: { ce_note: 'kept' } });
    const data = describedParty('a-co') as Record<string, unknown>;
    const round = { roundId: 'r', company: 'a-co', kind: 'equity', closedOn: '2024' };
    const closed = (fields: object, id: string) =>
      binaryMode({ id, type: 'round-closed', data: { ...round, ...fields } });
    const bad: [reason: string, message: Message][] = [
      ['not-json', text('{"a":')],
      ['not-json', { key: null, value: Buffer.from([0xff, 0xfe]) }],
      ['no-envelope', text('{"a":1}')],
      ['unknown-type', binaryMode({ id: 'b1', type: 'deal-dreamt' })],
      [
        'unknown-version',
        {
          ...binaryMode({ id: 'b2' }),
          headers: {
            ...binaryMode({ id: 'b2' }).headers,
            ce_dataschema: 'https://x.example/party-described/v9',
          },
        },
      ],
      ['unknown-enum', binaryMode({ id: 'b3', data: { ...data, roles: ['emperor'] } })],
      ['schema-violation', binaryMode({ id: 'b4', data: { ...data, party: 'Not An Id' } })],
      ['number-for-decimal', closed({ amount: { amount: 1.5, currency: 'USD' } }, 'b5')],
      [
        'bad-text',
        { ...binaryMode({ id: 'b6' }), value: JSON.stringify(data).replace('a-co"', '\\u0000"') },
      ],
      ['empty-value', { ...binaryMode({ id: 'b7' }), value: '' }],
      ['empty-value', { ...binaryMode({ id: 'b8' }), value: null }],
      ['too-large', { ...binaryMode({ id: 'b9' }), value: `"${'x'.repeat(1_048_576)}"` }],
    ];
    const first = binaryMode({ id: 'taken', data: { ...data, name: 'First' } });
    const other = binaryMode({ id: 'taken', data: { ...data, name: 'Other' } });
    const base = await publish('bad', [
      ...bad.map(([, message]) => message),
      first,
      other,
      binaryMode({ id: 'after-all-that' }),
    ]);
    await recorded(['taken', 'after-all-that']);
    const rows = await ledger.rows(
      `SELECT "offset"::int - $1 AS n, reason, key, value, jsonb_array_length(faults) > 0 AS told
       FROM ledger.quarantine WHERE partition_id =
         (SELECT id FROM ledger.partition WHERE topic = $2) ORDER BY 1`,
      [base, topics.name('bad')],
    );
    // As digests: to compare a MiB byte by byte takes Jest seconds.
    const bytes = (value: unknown) =>
      value == null ? null : hash('sha256', Buffer.from(value as string | Buffer));
    const expected = bad.map(([reason, { key, value }], n) => ({
      n,
      reason,
      key: bytes(key),
      value: bytes(value),
      told: true,
    }));
    const found = rows.map((row) => ({
      ...row,
      key: bytes(row['key']),
      value: bytes(row['value']),
    }));
    expect(found).toEqual([
      ...expected,
      {
        n: bad.length + 1,
        reason: 'conflicting-duplicate',
        key: bytes(other.key),
        value: bytes(other.value),
        told: true,
      },
    ]);
  });

  it('reads gzip, snappy, lz4 and zstd', async () => {
    const compressed = await createTopics(Object.fromEntries(codecs.map((codec) => [codec, 1])));
    const names = codecs.map((codec) => compressed.name(codec));
    const own = await startIngester({ url: ledger.database.url, topics: names });
    await own.ready();
    const admin = testAdmin();
    await admin.connect();
    for (const codec of codecs) {
      // The broker compresses with Kafka's own libraries: we meet foreign bytes.
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: compressed.name(codec),
            configEntries: [{ name: 'compression.type', value: codec }],
          },
        ],
      });
      const messages = Array.from({ length: 50 }, (_, n) => binaryMode({ id: `${codec}-${n}` }));
      await producer.send({ topic: compressed.name(codec), messages });
    }
    await admin.disconnect();
    await eventually(async () => {
      const count = 'SELECT count(*)::int FROM ledger.entry WHERE id ~ $1';
      const pattern = `^(${codecs.join('|')})-`;
      expect(await ledger.rows(count, [pattern])).toEqual([{ count: 200 }]);
    });
    expect(await reconcile(ledger, names)).toMatchObject({ read: 200, recorded: 200 });
    await own.close();
    await compressed.drop();
  });

  it('keeps publishing the same thing harmless', async () => {
    const messages = Array.from({ length: 30 }, (_, n) =>
      structuredMode({ id: `again-${n % 10}` }),
    );
    await publish('claims', messages);
    await publish('claims', messages);
    await eventually(async () => {
      const names = ['claims', 'bad'].map((topic) => topics.name(topic));
      expect(await reconcile(ledger, names)).toMatchObject({ duplicates: 50 });
    });
  });

  const testAdmin = () =>
    new kafkajs.Kafka({ brokers: kafkaBrokers(), logLevel: kafkajs.logLevel.NOTHING }).admin();
});
