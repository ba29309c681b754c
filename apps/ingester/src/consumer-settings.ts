import type { Consumer, Kafka } from 'kafkajs';
import * as limits from './limits.ts';

/** KafkaJS's consumer with what its defaults would have wrong for a ledger. */
export function createConsumer({ kafka, groupId }: { kafka: Kafka; groupId: string }): Consumer {
  return kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    readUncommitted: false,
    sessionTimeout: limits.SESSION_TIMEOUT_MS,
    heartbeatInterval: limits.HEARTBEAT_MS,
    metadataMaxAge: limits.METADATA_MS_MAX,
    maxWaitTimeInMs: limits.FETCH_WAIT_MS_MAX,
    maxBytesPerPartition: limits.FETCH_BYTES_PER_PARTITION,
    maxBytes: limits.FETCH_BYTES_MAX,
    // A consumer that restarts by itself would hide that something is wrong.
    retry: { retries: 8, restartOnFailure: () => Promise.resolve(false) },
  });
}
