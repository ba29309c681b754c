import { randomBytes } from 'node:crypto';
import { migrate } from '#libs/ledger';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';

/** A database of one spec's own. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Topics of one spec's own, by the name asked for. */
export interface TestTopics {
  /** The real name of a topic: the one asked for, with a random suffix. */
  name(topic: string): string;
  drop(): Promise<void>;
}

/** PostgreSQL as its superuser; `npm test` starts one and sets it. */
export const databaseUrl = (): string => needed('TEST_DATABASE_URL');

/** Kafka's brokers; `npm test` starts one and sets it. */
export const kafkaBrokers = (): string[] => needed('TEST_KAFKA_BROKERS').split(',');

/** Six random bytes in hex: keeps specs that run at once apart. */
export const suffix = (): string => randomBytes(6).toString('hex');

/** An empty database of its own. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${suffix()}`;
  await asSuperuser(`CREATE DATABASE ${name}`);
  const url = new URL(databaseUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A database of its own with the schemas `ledger` and `projection`. */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  try {
    await migrate(database.url);
  } catch (error) {
    await database.drop();
    throw error;
  }
  return database;
}

/** KafkaJS against the test broker; silent. */
export function testKafka(): Kafka {
  return new Kafka({
    clientId: 'test',
    brokers: kafkaBrokers(),
    logLevel: logLevel.NOTHING,
    retry: { retries: 10 },
  });
}

/** Topics with as many partitions each as asked for: `createTopics({ claims: 3 })`. */
export async function createTopics(
  partitions: Readonly<Record<string, number>>,
  config: Readonly<Record<string, string>> = { 'max.message.bytes': '4194304' },
): Promise<TestTopics> {
  const end = suffix();
  const name = (topic: string): string => `${topic}-${end}`;
  const names = Object.keys(partitions).map(name);
  const admin = testKafka().admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: Object.entries(partitions).map(([topic, numPartitions]) => ({
        topic: name(topic),
        numPartitions,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      })),
    });
  } finally {
    await admin.disconnect();
  }
  return { name, drop: () => dropTopics(names) };
}

async function dropTopics(topics: string[]): Promise<void> {
  const admin = testKafka().admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function needed(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') {
    throw new Error(
      `${variable} is not set: run \`npm test\`, which starts the servers and sets it.`,
    );
  }
  return value;
}
