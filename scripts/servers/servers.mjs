import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { requireDatabase } from './database.mjs';
import { startKafka } from './kafka.mjs';
import { startPostgres } from './postgres.mjs';

/** The given database, checked, or a PostgreSQL of our own: `{ url, shown, ended? }`. */
export async function startDatabase({ children, settings, say }) {
  const { databaseUrl, dataFolder, ports } = settings;
  if (databaseUrl !== undefined) {
    say('DATABASE_URL is given: checking it');
    const { version, shown } = await requireDatabase(databaseUrl);
    return { url: databaseUrl, shown, summary: `${version} at ${shown}, as DATABASE_URL says` };
  }
  const folder = path.join(dataFolder, 'postgresql');
  const started = await startPostgres({ children, folder, port: ports.postgres, say });
  const urlFile = path.join(dataFolder, 'database-url');
  writeFileSync(urlFile, `${started.url}\n`);
  chmodSync(urlFile, 0o600);
  const shown = `psql "$(cat ${path.relative(process.cwd(), urlFile)})"`;
  return { ...started, shown, summary: `127.0.0.1:${ports.postgres}` };
}

/** The given brokers, or an Apache Kafka of our own: `{ brokers, ended? }`. */
export async function startBrokers({ children, settings, say }) {
  const { kafkaBrokers, dataFolder, cacheFolder, ports } = settings;
  if (kafkaBrokers !== undefined) {
    return { brokers: kafkaBrokers, summary: `${kafkaBrokers}, as KAFKA_BROKERS says` };
  }
  const started = await startKafka({
    children,
    folder: path.join(dataFolder, 'kafka'),
    ports: { port: ports.kafka, controllerPort: ports.kafkaController },
    cacheFolder,
    say,
  });
  return { ...started, summary: started.brokers };
}
