import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../run/failure.mjs';

const coordinatorTries = 60;

/**
 * Makes the topics that are missing, by the variables that the apps go by (KAFKA_TOPICS, KAFKA_SSL …).
 *
 * Returns `{ summary }`. Existing topics are left as they are. Needs the build.
 */
export async function ensureTopics(env) {
  const { createKafka, createLogger, createMissingTopics } = await import('#libs/platform');
  const config = await readConfig(env);
  const logger = createLogger('start', { NODE_ENV: 'production', LOG_LEVEL: 'silent' });
  // History is read in its own order: one partition.
  const wanted = config.KAFKA_TOPICS.map((topic) =>
    topic.endsWith('.history') ? { topic, partitions: 1 } : { topic },
  );
  const kafka = createKafka(config, logger);
  try {
    const made = await createMissingTopics(kafka, wanted);
    await coordinated(kafka, env.KAFKA_GROUP_ID || 'deal-ledger-ingester');
    return { summary: made.length === 0 ? 'all there' : `${made.length} made` };
  } catch (error) {
    throw new Failure(`Kafka at ${env.KAFKA_BROKERS} cannot be used: ${error.message}.`, {
      hints: ['Mend KAFKA_BROKERS, or unset it to have a Kafka started here.'],
    });
  }
}

/**
 * A new Kafka makes the topic of its groups' offsets when the first group asks, and KafkaJS gives up
 * on joining a group whose coordinator is still loading.
 */
async function coordinated(kafka, groupId) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await admin.fetchOffsets({ groupId });
        return;
      } catch (error) {
        if (tries === coordinatorTries) throw error;
        await sleep(250);
      }
    }
  } finally {
    await admin.disconnect();
  }
}

async function readConfig(env) {
  const { kafkaSettings, loadConfig, saslIsComplete } = await import('#libs/platform');
  const { z } = await import('zod');
  try {
    return loadConfig(z.object(kafkaSettings).check(saslIsComplete), env);
  } catch (error) {
    throw new Failure(error.message); // It lists every wrong variable.
  }
}
