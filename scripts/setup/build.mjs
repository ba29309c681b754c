import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../run/settings.mjs';

const dist = path.join(projectFolder, 'dist');
const stamp = path.join(dist, '.built-from');
const nest = path.join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

/**
 * Builds the apps and libs into dist/ where their sources changed since the last build.
 *
 * Always from nothing (`deleteOutDir`): what a deleted source left behind must not be found by an
 * import. The stamp comes last, so that a build that was interrupted is made again.
 */
export async function ensureBuild({ children }) {
  const digest = sourcesDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return { summary: 'up to date' };
  await children.run('build', process.execPath, [nest, 'build']);
  writeFileSync(stamp, digest);
  return { summary: 'dist/' };
}

function sourcesDigest() {
  const hash = createHash('sha256');
  for (const file of [...configuration, ...sourcesIn('apps'), ...sourcesIn('libs')]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(projectFolder, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

const configuration = [
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tsconfig.build.json',
  'tsconfig.json',
];

const sourcesIn = (folder) =>
  readdirSync(path.join(projectFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(spec\.ts|md)$/.test(entry.name))
    .map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)))
    .sort();
