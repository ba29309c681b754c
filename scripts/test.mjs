import './run/node-version.mjs';

import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { explain } from './run/failure.mjs';
import { freePorts } from './run/ports.mjs';
import { createProgress } from './run/progress.mjs';
import { runAlone } from './run/session.mjs';
import { projectFolder, readSettings } from './run/settings.mjs';
import { startKafka } from './servers/kafka.mjs';
import { startPostgres } from './servers/postgres.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';

/**
 * `npm test`: `npm run check`, then every spec, against servers of its own on free ports and in
 * an empty folder that is removed afterwards. `npm test -- PATH …` runs those specs alone.
 */
const progress = createProgress();
const workers = 2;
/** Several specs at a time, each with pools of its own. */
const postgresFlags = ['max_connections=300'];

async function test({ children, runFile, settings, folder, jestArguments }) {
  runFile.addLeftover(folder);
  const say = (title, work) => progress.step(title, work);
  await say('Packages', (say) => ensurePackages({ children, say }));
  await say('Build', () => ensureBuild({ children }));
  if (jestArguments.length === 0) {
    const code = await children.show('check', 'npm', ['run', '--silent', 'check']);
    if (code !== 0) return code;
  }
  const { database, kafka } = await say('PostgreSQL and Kafka', (say) =>
    startServers({ children, runFile, settings, folder, say }),
  );
  const code = await jest({ children, folder, jestArguments, database, kafka });
  printTotals(path.join(folder, 'jest.json'));
  return code;
}

async function startServers({ children, runFile, settings, folder, say }) {
  const [postgresPort, port, controllerPort] = await freePorts(3);
  const [database, kafka] = await Promise.all([
    startPostgres({
      children,
      folder: path.join(folder, 'postgresql'),
      port: postgresPort,
      flags: postgresFlags,
    }),
    startKafka({
      children,
      folder: path.join(folder, 'kafka'),
      ports: { port, controllerPort },
      cacheFolder: settings.cacheFolder,
      say,
    }),
  ]);
  runFile.addLeftover(database.place);
  return { database, kafka };
}

function jest({ children, folder, jestArguments, database, kafka }) {
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(import.meta.resolve('jest/bin/jest')),
    `--maxWorkers=${workers}`,
    '--json',
    `--outputFile=${path.join(folder, 'jest.json')}`,
    ...jestArguments,
  ];
  const env = {
    ...process.env,
    TEST_DATABASE_URL: database.url,
    TEST_KAFKA_BROKERS: kafka.brokers,
    KAFKA_JARS: kafka.jars,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  };
  const ended = [database, kafka].map((server) => server.ended);
  return Promise.race([
    children.show('jest', process.execPath, args, { env }),
    ...ended.map((end) => end.then((failure) => Promise.reject(failure))),
  ]);
}

/** One plain line for whoever reads the log by machine. */
function printTotals(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
    progress.print(`${numPassedTests} passed, ${numFailedTests} failed`);
  } catch {
    // Jest ended before it had a result; it said why.
  }
}

try {
  const settings = readSettings(process.env);
  process.chdir(projectFolder);
  const folder = mkdtempSync(path.join(tmpdir(), 'deal-ledger-test-'));
  chmodSync(folder, 0o755); // As root, PostgreSQL runs as another user.
  await runAlone({
    dataFolder: folder,
    progress,
    interruptedCode: 130,
    work: (run) => test({ ...run, settings, folder, jestArguments: process.argv.slice(2) }),
  });
} catch (error) {
  progress.print(explain(error));
  process.exit(1);
}
