import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { Failure } from '../run/failure.mjs';

const oldestJava = 17;

/**
 * The `java` to run Kafka with: JAVA_HOME's, else the PATH's; installed on Debian as root.
 *
 * Returns `{ java, version }`; elsewhere a Failure tells the two ways out.
 */
export async function requireJava({ children, say }) {
  const found = findJava();
  if (found !== null && found.version >= oldestJava) return found;
  const hint =
    found === null ? 'no Java is installed' : `this is Java ${found.version} (${found.java})`;
  await install({ children, say, packages: ['default-jre-headless'], reason: hint });
  const installed = findJava();
  if (installed !== null && installed.version >= oldestJava) return installed;
  throw missing(`Debian's default Java is older than ${oldestJava}`);
}

/** Maven, needed once, to fetch Kafka; installed on Debian as root. */
export async function requireMaven({ children, say }) {
  if (answersTo('mvn')) return 'mvn';
  await install({ children, say, packages: ['maven'], reason: 'Maven is not installed' });
  if (answersTo('mvn')) return 'mvn';
  throw missing('Maven is not installed');
}

function findJava() {
  const home = process.env.JAVA_HOME;
  for (const java of [...(home ? [path.join(home, 'bin', 'java')] : []), 'java']) {
    const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
    const version = stderr?.match(/version "(?:1\.)?(\d+)/);
    if (status === 0 && version) return { java, version: Number(version[1]) };
  }
  return null;
}

const answersTo = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

async function install({ children, say, packages, reason }) {
  const isDebian = existsSync('/etc/debian_version') && answersTo('apt-get');
  if (!isDebian || process.getuid() !== 0) throw missing(reason);
  const onLine = (line) => say(`${reason}; installing it: ${line.slice(0, 60)}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await children.run('apt-get', 'apt-get', ['update'], { env, onLine });
  const flags = ['install', '--yes', '--no-install-recommends'];
  await children.run('apt-get', 'apt-get', [...flags, ...packages], { env, onLine });
}

const missing = (reason) =>
  new Failure(`Apache Kafka needs Java ${oldestJava} or later, and Maven to fetch it: ${reason}.`, {
    hints: [
      'Either install them (Debian, Ubuntu: apt-get install default-jre-headless maven;',
      'macOS: brew install openjdk maven), or set KAFKA_BROKERS to a Kafka of yours,',
      'or start everything with Docker: cd docker && docker compose up.',
    ],
  });
