import kafkajs from 'kafkajs';
import type { IHeaders, Kafka, Message, Producer } from 'kafkajs';

/** A record that is an event in CloudEvents' structured mode: the value is the envelope. */
export interface EventRecord {
  readonly topic: string;
  /** Company or party: its events stay in one partition. Null: any partition. */
  readonly key: string | null;
  /** The envelope's JSON, as the publisher wrote it. */
  readonly value: Buffer;
  /** Absent: by the key. */
  readonly partition?: number;
}

/** Where a record came to lie. */
export interface Coordinates {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Headers of the structured mode. https://github.com/cloudevents/spec (Kafka binding, 3.3) */
export const structuredHeaders = { 'content-type': 'application/cloudevents+json' } as const;

/** The topic for a type: the one named after it, else the first. Any topic takes any type. */
export function topicOf(type: string, topics: readonly string[]): string {
  const [first] = topics;
  if (first === undefined) throw new RangeError('There is no topic to publish to.');
  return topics.find((topic) => topic === type || topic.endsWith(`.${type}`)) ?? first;
}

/** Sends events and tells where each came to lie, which KafkaJS tells only of whole batches. */
export class EventProducer {
  readonly #producer: Producer;
  readonly #partitions = new WeakMap<Message, number>();
  #connected: Promise<void> | undefined;

  constructor(kafka: Kafka) {
    this.#producer = kafka.producer({
      allowAutoTopicCreation: false,
      retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 2_000 },
      createPartitioner: () => {
        const choose = kafkajs.Partitioners.DefaultPartitioner();
        return (choice) => {
          const partition = choose(choice);
          this.#partitions.set(choice.message, partition);
          return partition;
        };
      },
    });
  }

  /**
   * Resolves once every in-sync replica has the records; coordinates are in the records' order.
   *
   * @throws KafkaJSError; some of the records may have been stored all the same.
   */
  async send(records: readonly EventRecord[]): Promise<Coordinates[]> {
    await this.#connect();
    const sent = records.map(({ topic, key, value, partition }) => ({
      topic,
      message: message({ key, value, ...(partition === undefined ? {} : { partition }) }),
    }));
    const stored = await this.#producer.sendBatch({
      acks: -1,
      // KafkaJS joins the messages of one topic, in their order.
      topicMessages: sent.map(({ topic, message: each }) => ({ topic, messages: [each] })),
    });
    const next = new Map(
      stored.map(({ topicName, partition, baseOffset }) => [
        `${topicName}\t${partition}`,
        BigInt(baseOffset ?? -1),
      ]),
    );
    return sent.map(({ topic, message: each }) => {
      const partition = this.#partitions.get(each) ?? 0;
      const name = `${topic}\t${partition}`;
      const offset = next.get(name) ?? -1n;
      next.set(name, offset + 1n);
      return { topic, partition, offset };
    });
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
  }

  /** On first use and after a failure: who only asks must not need a broker. */
  #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }
}

function message(fields: { key: string | null; value: Buffer; partition?: number }): Message {
  const headers: IHeaders = { ...structuredHeaders };
  return { ...fields, headers };
}
