import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { Client } from 'pg';
import { migrate } from '#libs/ledger';
import { copyIn } from '../libs/ledger/src/copy-in.ts';
import { generateEvents } from './generated-events.ts';

/**
 * How much of what PostgreSQL could take the ingester delivers: events a second from Kafka to durable
 * ledger, everything on, beside a bare binary COPY of the same rows, by one connection, into a table with
 * the same indexes. Both in one run, in turns; the medians and their ratio are printed.
 *
 * Needs servers: TEST_DATABASE_URL (a superuser's) and TEST_KAFKA_BROKERS. EVENTS and ROUNDS change how
 * much and how often.
 */
const events = Number(process.env['EVENTS'] ?? 200_000);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const databaseUrl = process.env['TEST_DATABASE_URL'] ?? '';
const brokers = process.env['TEST_KAFKA_BROKERS'] ?? '';
const run = `bench_${Date.now().toString(36)}`;
const main = new URL('../apps/ingester/src/main.js', import.meta.url).pathname;
const PARTITIONS = 4;

const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
const superuser = await connect('postgres');
await publish();

const ingested: number[] = [];
const copied: number[] = [];
let rows: Buffer | undefined;
for (let round = 1; round <= rounds; round++) {
  const name = `${run}_${round}`;
  await superuser.query(`CREATE DATABASE ${name}`);
  await migrate(urlOf(name));
  const client = await connect(name);
  ingested.push(await measureIngest(name, client));
  rows ??= await readRows(client);
  copied.push(await measureCopy(client, rows));
  console.log(
    `round ${round}: ingest ${perSecond(ingested.at(-1))}, COPY ${perSecond(copied.at(-1))}`,
  );
  await client.end();
  await superuser.query(`DROP DATABASE ${name} WITH (FORCE)`);
}
await superuser.end();
await dropTopic();

console.log(`${events} events, ${((rows?.length ?? 0) / events).toFixed(0)} bytes a row`);
console.log(`median ingest ${perSecond(median(ingested))}`);
console.log(`median COPY   ${perSecond(median(copied))}`);
console.log(`ratio         ${(median(copied) / median(ingested)).toFixed(2)}`);

/** Seconds from the moment the ingester reads its partitions until all is committed. */
async function measureIngest(name: string, client: Client): Promise<number> {
  await client.query('CHECKPOINT');
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      HTTP_PORT: '0',
      DATABASE_URL: urlOf(name),
      KAFKA_BROKERS: brokers,
      KAFKA_TOPICS: run,
      KAFKA_GROUP_ID: name,
    },
  });
  let log = '';
  while (!log.includes('Reading partitions')) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    log += chunk.toString();
  }
  const start = performance.now();
  child.stdout.resume();
  for (;;) {
    const { rows: found } = await client.query<{ position: string }>(
      'SELECT position FROM ledger.head',
    );
    if (Number(found[0]?.position) === events) break;
    await sleep(20);
  }
  const seconds = (performance.now() - start) / 1_000;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return seconds;
}

/** Seconds of one COPY of all rows into an empty table with the ledger's indexes and checks. */
async function measureCopy(client: Client, copyRows: Buffer): Promise<number> {
  await client.query('CREATE TABLE bare (LIKE ledger.entry INCLUDING ALL)');
  await client.query('CHECKPOINT');
  const chunks: Buffer[] = [];
  for (let at = 0; at < copyRows.length; at += 1 << 20) {
    chunks.push(copyRows.subarray(at, at + (1 << 20)));
  }
  const start = performance.now();
  await copyIn(client, 'COPY bare FROM STDIN (FORMAT binary)', chunks);
  return (performance.now() - start) / 1_000;
}

/** Every entry in COPY form, without the header and the trailer that copyIn adds. */
async function readRows(client: Client): Promise<Buffer> {
  const { to } = await import('pg-copy-streams');
  const stream = client.query(
    to('COPY (SELECT * FROM ledger.entry ORDER BY position) TO STDOUT (FORMAT binary)'),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).subarray(19, -2);
}

async function publish(): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic: run, numPartitions: PARTITIONS }],
  });
  await admin.disconnect();
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  let batch: kafkajs.Message[] = [];
  for (const event of generateEvents(events)) {
    batch.push(event);
    if (batch.length < 500) continue;
    await producer.send({ topic: run, messages: batch });
    batch = [];
  }
  if (batch.length > 0) await producer.send({ topic: run, messages: batch });
  await producer.disconnect();
}

async function dropTopic(): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [run] });
  await admin.disconnect();
}

async function connect(name: string): Promise<Client> {
  const client = new Client({ connectionString: urlOf(name) });
  await client.connect();
  return client;
}

function urlOf(name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function perSecond(seconds: number | undefined): string {
  return `${(events / (seconds ?? NaN)).toFixed(0)} events/s`;
}
