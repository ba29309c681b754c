import type { Admin, Kafka } from 'kafkajs';
import kafkajs from 'kafkajs';

/** The offsets a partition has: `earliest` is the first, `end` the one after the last. */
export interface Extent {
  readonly earliest: number;
  readonly end: number;
}

/** What the ingester asks the brokers beside records. */
export class Broker {
  readonly #admin: Admin;

  constructor(kafka: Kafka) {
    this.#admin = kafka.admin();
  }

  connect(): Promise<void> {
    return this.#admin.connect();
  }

  disconnect(): Promise<void> {
    return this.#admin.disconnect();
  }

  /** By partition. */
  async extents(topic: string): Promise<ReadonlyMap<number, Extent>> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return new Map(
      offsets.map(({ partition, low, high }) => [
        partition,
        { earliest: Number(low), end: Number(high) },
      ]),
    );
  }

  /** Whether the topic may drop single records in its middle. */
  async isCompacted(topic: string): Promise<boolean> {
    const policy = await this.#settings([topic], 'cleanup.policy');
    return policy.get(topic)?.includes('compact') ?? false;
  }

  /** Topics whose records may be no larger than `bytes`. */
  async narrowerThan(bytes: number, topics: readonly string[]): Promise<string[]> {
    const limits = await this.#settings(topics, 'max.message.bytes');
    return topics.filter((topic) => Number(limits.get(topic) ?? Infinity) <= bytes);
  }

  async #settings(topics: readonly string[], name: string): Promise<Map<string, string>> {
    const { resources } = await this.#admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((topic) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: [name],
      })),
    });
    return new Map(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        configEntries[0]?.configValue ?? '',
      ]),
    );
  }
}
