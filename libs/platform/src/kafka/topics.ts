import type { Kafka } from 'kafkajs';

/** An event may be 1 MiB, its envelope comes on top, and a batch may hold more than one. */
const maxMessageBytes = 4_194_304;

export interface WantedTopic {
  readonly topic: string;
  /** Absent: as many as the broker makes by default. */
  readonly partitions?: number;
}

/**
 * Makes the topics that are missing, with room for what would otherwise be quarantined as too
 * large, and without an end to what is kept. Returns their names; existing topics stay as they are.
 */
export async function createMissingTopics(
  kafka: Kafka,
  wanted: readonly WantedTopic[],
): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !existing.has(topic));
    if (missing.length === 0) return [];
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ topic, partitions }) => ({
        topic,
        numPartitions: partitions ?? -1,
        replicationFactor: -1,
        configEntries: [
          { name: 'max.message.bytes', value: String(maxMessageBytes) },
          { name: 'retention.ms', value: '-1' },
        ],
      })),
    });
    return missing.map(({ topic }) => topic);
  } finally {
    await admin.disconnect();
  }
}
