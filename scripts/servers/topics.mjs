import { Failure } from '../run/failure.mjs';

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
  try {
    const made = await createMissingTopics(createKafka(config, logger), wanted);
    return { summary: made.length === 0 ? 'all there' : `${made.length} made` };
  } catch (error) {
    throw new Failure(`Kafka at ${env.KAFKA_BROKERS} cannot be used: ${error.message}.`, {
      hints: ['Mend KAFKA_BROKERS, or unset it to have a Kafka started here.'],
    });
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
