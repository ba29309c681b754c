import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Kafka, Producer } from 'kafkajs';
import { createKafka, createLogger } from '#libs/platform';
import { KafkaRecord } from './kafka-record.ts';

describe('record decoder', () => {
  const run = randomUUID();
  const topic = (name: string) => `test-decoder-${name}-${run}`;
  const topics = ['aborted'].map(topic);
  let kafka: Kafka;

  beforeAll(async () => {
    const brokers = process.env['TEST_KAFKA_BROKERS'];
    if (brokers === undefined) throw new Error('TEST_KAFKA_BROKERS is required: use `npm test`.');
    kafka = createKafka(
      { KAFKA_BROKERS: brokers.split(','), KAFKA_CLIENT_ID: run, KAFKA_SSL: false },
      createLogger('test', { NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    );
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((name) => ({
        topic: name,
        numPartitions: 1,
      })),
    });
    await admin.disconnect();
  });

  afterAll(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  });

  const producing = async (options: object, work: (producer: Producer) => Promise<void>) => {
    const createPartitioner = kafkajs.Partitioners.DefaultPartitioner;
    const producer = kafka.producer({ createPartitioner, ...options });
    await producer.connect();
    await work(producer);
    await producer.disconnect();
  };

  /** What a consumer is given of a topic from an offset on, until the record with value `end`. */
  const consume = async (name: string, from = 0): Promise<KafkaRecord[]> => {
    const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic: name, fromBeginning: true });
    const records: KafkaRecord[] = [];
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
      });
      void consumer.run({
        eachBatch: ({ batch }) => {
          for (const message of batch.messages) {
            if (!(message instanceof KafkaRecord))
              throw new TypeError('KafkaJS decoded it itself.');
            records.push(message);
          }
          if (String(records.at(-1)?.value) === 'end') resolve();
          return Promise.resolve();
        },
      });
      consumer.seek({ topic: name, partition: 0, offset: String(from) });
    });
    await consumer.disconnect();
    return records;
  };

  it('shows nothing of aborted transactions, wherever the fetch begins', async () => {
    const name = topic('aborted');
    const transactional = (id: string) => ({
      transactionalId: `${id}-${run}`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producing(transactional('a'), async (a) => {
      await producing(transactional('b'), async (b) => {
        const [first, second] = [await a.transaction(), await b.transaction()];
        const send = (to: { send: Producer['send'] }, value: string, key?: Buffer) =>
          to.send({ topic: name, messages: [{ value, key: key ?? null }] });
        await send(first, 'aborted'); // 0
        await send(second, 'aborted'); // 1
        await send(second, 'aborted', Buffer.of(0, 0, 0, 0)); // 2
        await send(second, 'aborted'); // 3
        await send(first, 'aborted'); // 4
        await first.abort(); // 5
        await second.abort(); // 6
        const third = await a.transaction();
        await send(third, 'committed'); // 7
        await third.commit();
        await send(b, 'end');
      });
    });
    for (const from of [0, 1, 2, 3, 4]) {
      const records = await consume(name, from);
      // Not their offsets: the broker writes the marker of the commit when it comes to it.
      expect(records.map(({ value }) => String(value))).toEqual(['committed', 'end']);
    }
  });
});
