import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';
import { createKafka, createLogger } from '#libs/platform';

const { CompressionCodecs, CompressionTypes } = kafkajs;

describe('Kafka codecs', () => {
  const run = randomUUID();
  const codecs = ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'];
  const topicOf = (codec: string) => `test-codec-${codec}-${run}`;
  // Compressible, and over one 32 KiB block of the Java client's snappy stream.
  const values = Array.from({ length: 40 }, (_, n) => `${n}: ${'a claim 投資 '.repeat(300)}`);
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
      topics: codecs.map((codec) => ({
        topic: topicOf(codec),
        numPartitions: 1,
        replicationFactor: 1,
        // The broker compresses again with Kafka's own libraries, so ours meet foreign bytes.
        configEntries: [{ name: 'compression.type', value: codec }],
      })),
    });
    await admin.disconnect();
  });

  afterAll(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: codecs.map(topicOf) });
    await admin.disconnect();
  });

  it('reads what the broker compressed with every codec', async () => {
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    for (const codec of codecs) {
      await producer.send({ topic: topicOf(codec), messages: values.map((value) => ({ value })) });
    }
    await producer.disconnect();

    const read = new Map<string, string[]>(codecs.map((codec) => [topicOf(codec), []]));
    const consumer = kafka.consumer({ groupId: run, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: codecs.map(topicOf), fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
      });
      void consumer.run({
        eachMessage: ({ topic, message }) => {
          read.get(topic)?.push(String(message.value));
          const isDone = [...read.values()].every(({ length }) => length === values.length);
          if (isDone) resolve();
          return Promise.resolve();
        },
      });
    });
    await consumer.disconnect();
    for (const codec of codecs) expect(read.get(topicOf(codec))).toEqual(values);
  });

  it.each(['Snappy', 'LZ4'] as const)('reads back what it wrote with %s', async (name) => {
    const codec = (CompressionCodecs[CompressionTypes[name]] as () => Codec)();
    const buffer = Buffer.from(values.join('\n'));
    const compressed = await codec.compress({ buffer });
    expect(compressed.length).toBeLessThan(buffer.length / 4);
    expect((await codec.decompress(compressed)).equals(buffer)).toBe(true);
  });

  it.each(['Snappy', 'LZ4', 'ZSTD'] as const)('rejects garbage called %s', async (name) => {
    const codec = (CompressionCodecs[CompressionTypes[name]] as () => Codec)();
    const garbage = Buffer.from('\x82SNAPPY\0........\xff\xff\xff\xffgarbage', 'latin1');
    await expect((async () => codec.decompress(garbage))()).rejects.toThrow();
  });
});

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}
