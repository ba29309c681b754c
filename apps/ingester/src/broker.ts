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
    const policy = await this.setting(topic, 'cleanup.policy');
    return policy?.includes('compact') ?? false;
  }

  async setting(topic: string, name: string): Promise<string | null> {
    const { resources } = await this.#admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: [name] }],
    });
    return resources[0]?.configEntries[0]?.configValue ?? null;
  }
}
