import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Failure } from '../run/failure.mjs';
import { requireMaven } from './java.mjs';

const pom = fileURLToPath(new URL('./pom.xml', import.meta.url));

/**
 * The folder with Kafka's jars, resolved by Maven once for every clone of this user's.
 *
 * It is named after pom.xml's content: another version gets another folder.
 */
export async function ensureKafkaJars({ children, cacheFolder, say = () => undefined }) {
  const digest = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const folder = path.join(cacheFolder, `kafka-${digest}`);
  if (existsSync(folder)) return folder;
  const maven = await requireMaven({ children, say });
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await copyJars({ children, maven, draft, say });
    settle(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

async function copyJars({ children, maven, draft, say }) {
  let downloaded = 0;
  const onLine = (line) => {
    if (/Downloaded/.test(line)) downloaded += 1;
    say(`Apache Kafka's jars by Maven: ${downloaded} files fetched`);
  };
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
  await children.run('maven', maven, ['--batch-mode', '--file', pom, ...goal], { onLine });
  if (readdirSync(draft).some((name) => name.startsWith('kafka_'))) return;
  throw new Failure(`Maven copied no Kafka into ${draft}.`);
}

/** Two clones may fetch at once: the first to finish wins, the other's are as good. */
function settle(draft, folder) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
