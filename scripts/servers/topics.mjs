import kafkajs from 'kafkajs';

import { Failure } from '../run/failure.mjs';

const claimTypes = [
  'deal-announced',
  'round-closed',
  'stake-changed',
  'party-described',
  'fx-rate-published',
  'stance-stated',
  'figure-stated',
  'entry-retracted',
];
/** Order within it is the ledger's order: one partition. */
const history = { topic: 'deal-ledger.history', numPartitions: 1 };
const topics = [
  history,
  ...claimTypes.map((type) => ({ topic: `deal-ledger.${type}`, numPartitions: 4 })),
];
const configEntries = [
  // An event may be 1 MiB; the batch around it is larger.
  { name: 'max.message.bytes', value: '4194304' },
  { name: 'retention.ms', value: '-1' },
];

/** Makes the topics that are missing. Returns their names; existing ones are left as they are. */
export async function ensureTopics(brokers) {
  return administer(brokers, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ topic }) => !existing.has(topic));
    if (missing.length === 0) return [];
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ ...topic, replicationFactor: -1, configEntries })),
    });
    return missing.map(({ topic }) => topic);
  });
}

/** The topics' names; throws where no broker answers. */
export const listTopics = (brokers) => administer(brokers, (admin) => admin.listTopics());

/** Checks a KAFKA_BROKERS that was given. Throws one Failure that names the fault. */
export async function requireBrokers(brokers) {
  const faulty = brokers.split(',').filter((broker) => !/^[^\s:,]+:\d{1,5}$/.test(broker.trim()));
  if (faulty.length > 0) {
    throw new Failure(`KAFKA_BROKERS: expected host:port, comma-separated, not "${faulty[0]}".`);
  }
  try {
    await listTopics(brokers);
  } catch (error) {
    throw new Failure(`KAFKA_BROKERS: ${brokers} cannot be used: ${error.message}.`, {
      hints: ['Mend KAFKA_BROKERS, or unset it to have a Kafka started here.'],
    });
  }
}

async function administer(brokers, work) {
  const kafka = new kafkajs.Kafka({
    clientId: 'deal-ledger-start',
    brokers: brokers.split(',').map((broker) => broker.trim()),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    retry: { retries: 2, initialRetryTime: 100 },
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
