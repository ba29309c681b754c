import './run/node-version.mjs';

import path from 'node:path';
import process from 'node:process';

import { entryPoint, startApps } from './apps/apps.mjs';
import { explain } from './run/failure.mjs';
import { requireFree } from './run/ports.mjs';
import { createProgress } from './run/progress.mjs';
import { runAlone } from './run/session.mjs';
import { projectFolder, readSettings } from './run/settings.mjs';
import { startDatabase, startBrokers } from './servers/servers.mjs';
import { ensureTopics } from './servers/topics.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { tellStory } from './story/story.mjs';

/**
 * `npm start`: everything from a clean clone to an answer.
 *
 * Built on Node alone, for it runs before `npm ci`; what comes from node_modules is imported
 * later, where it is used.
 */
const progress = createProgress();

async function start({ children, runFile, settings }) {
  const { ports } = settings;
  const say = (title, work) => progress.step(title, work);
  await requireFree(portsToTake(settings));
  await say('Packages', (say) => ensurePackages({ children, say }));
  const database = await say('PostgreSQL', (say) => startDatabase({ children, settings, say }));
  const brokers = await say('Kafka', (say) => startBrokers({ children, settings, say }));
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    KAFKA_BROKERS: brokers.brokers,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  };
  await say('Build', () => ensureBuild({ children }));
  await say('Topics', () => ensureTopics(env));
  await say('Migrations', () => migrate({ children, env }));
  const apps = await say('Ingester, projector, API', (say) =>
    startApps({ children, ports, env, say }),
  );
  const api = `http://127.0.0.1:${ports.api}`;
  runFile.addUrl(`API ${api}`);
  await say('Example story', (say) => tellStory({ children, api, env, say }));

  progress.print(report({ settings, database, brokers, api }));
  const ends = [database, brokers, ...apps].map(({ ended }) => ended).filter(Boolean);
  throw await Promise.race(ends);
}

function portsToTake({ ports, databaseUrl, kafkaBrokers }) {
  const { postgres, kafka, kafkaController, ...apps } = ports;
  return {
    ...apps,
    ...(databaseUrl === undefined ? { postgres } : {}),
    ...(kafkaBrokers === undefined ? { kafka, kafkaController } : {}),
  };
}

async function migrate({ children, env }) {
  const args = ['--enable-source-maps', entryPoint('cli'), 'migrate'];
  await children.run('migrate', process.execPath, args, { env });
}

function report({ settings: { ports, dataFolder }, database, brokers, api }) {
  const moonshot = `${api}/v1/companies/moonshot-ai/cap-table?asOf=2024-02-20`;
  return `
Running; Ctrl-C stops everything. Logs: ${path.join(shownPath(dataFolder), 'logs')}
  API         ${api}
  ingester    http://127.0.0.1:${ports.ingester}/health/ready
  projector   http://127.0.0.1:${ports.projector}/health/ready
  PostgreSQL  ${database.shown}
  Kafka       ${brokers.brokers}

Worth opening:
  Who owned Moonshot AI on 2024-02-20, as published by the end of that February:
    ${moonshot}&publishedBy=2024-02-29
  The same day, as published by the end of May, after Alibaba's filing:
    ${moonshot}&publishedBy=2024-05-31
  Every question there is:
    ${api}/docs
`;
}

const shownPath = (folder) => path.relative(projectFolder, folder) || folder;

try {
  const settings = readSettings(process.env);
  process.chdir(projectFolder);
  await runAlone({
    dataFolder: settings.dataFolder,
    progress,
    interruptedCode: 0,
    work: (run) => start({ ...run, settings }),
  });
} catch (error) {
  progress.print(explain(error));
  process.exit(1);
}
