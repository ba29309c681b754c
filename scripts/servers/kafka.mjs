import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Failure } from '../run/failure.mjs';
import { requireJava } from './java.mjs';
import { ensureKafkaJars } from './kafka-jars.mjs';

const startWithinMs = 90_000;
/** A controlled shutdown closes every partition's log, so that the next start reads none again. */
const stopping = { stopSignal: 'SIGTERM', stopWithinMs: 30_000 };

const nearby = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Starts Apache Kafka in KRaft mode on its own data, formatted where missing.
 *
 * Returns `{ brokers, jars, ended }`; `ended` is what Children.serve says.
 */
export async function startKafka({
  children,
  folder,
  ports: { port, controllerPort },
  cacheFolder,
  say = () => undefined,
}) {
  const { java } = await requireJava({ children, say });
  const jars = await ensureKafkaJars({ children, cacheFolder, say });
  const data = path.join(folder, 'data');
  const run = (mainClass, ...args) => [...jvmFlags(jars), mainClass, ...args];
  const configure = (dataFolder) => writeProperties({ folder, dataFolder, port, controllerPort });
  mkdirSync(folder, { recursive: true });
  if (!existsSync(data)) {
    say('formatting its storage');
    await format({ children, java, run, data, configure });
  }
  requireFormatted(data);
  say('opening its logs');
  const args = run('kafka.Kafka', configure(data));
  const server = children.serve('kafka', java, args, { env: environment(), ...stopping });
  const brokers = `127.0.0.1:${port}`;
  await answersAt(brokers, server.ended);
  return { brokers, jars, ended: server.ended };
}

/** What a second start would find half-formatted is made under another name and then renamed. */
async function format({ children, java, run, data, configure }) {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`; // It may start with "-".
  const args = run('kafka.tools.StorageTool', 'format', clusterId, '-c', configure(draft));
  await children.run('kafka-format', java, args, { env: environment() });
  renameSync(draft, data);
}

function requireFormatted(data) {
  for (const file of ['meta.properties', 'bootstrap.checkpoint']) {
    if (existsSync(path.join(data, file))) continue;
    throw new Failure(`Kafka's data folder is incomplete: ${data} has no ${file}.`, {
      hints: ['`npm run reset` empties the local data, and the next start makes it anew.'],
    });
  }
}

function writeProperties({ folder, dataFolder, port, controllerPort }) {
  const values = { port, controllerPort, data: dataFolder };
  const template = readFileSync(nearby('./server.properties'), 'utf8');
  const text = template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const file = path.join(folder, 'server.properties');
  writeFileSync(file, text);
  return file;
}

const jvmFlags = (jars) => [
  '-Xms128m',
  '-Xmx512m',
  '-Djava.awt.headless=true',
  `-Dlog4j2.configurationFile=file:${nearby('./log4j2.xml')}`,
  '-cp',
  path.join(jars, '*'),
];

/** The JVM prints a notice for these, and the flags meant for another program. */
function environment() {
  const { JAVA_TOOL_OPTIONS, CLASSPATH, ...kept } = process.env;
  return kept;
}

async function answersAt(brokers, ended) {
  const deadline = performance.now() + startWithinMs;
  for (;;) {
    try {
      await requireAnswer(brokers);
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        throw new Failure(
          `Kafka did not answer within ${startWithinMs / 1000} s: ${error.message}`,
        );
      }
    }
    const end = await Promise.race([ended, sleep(200)]);
    if (end instanceof Error) throw end;
  }
}

async function requireAnswer(brokers) {
  const { default: kafkajs } = await import('kafkajs'); // Not installed before the first start has got so far.
  const { NOTHING } = kafkajs.logLevel;
  const retry = { retries: 0 };
  const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: NOTHING, retry }).admin();
  try {
    await admin.connect();
    await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
