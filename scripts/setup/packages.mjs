import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../run/settings.mjs';

const lockfile = path.join(projectFolder, 'package-lock.json');
const installed = path.join(projectFolder, 'node_modules', '.package-lock.json');

/** Runs `npm ci` where what is installed is not what the lockfile says. */
export async function ensurePackages({ children, say }) {
  if (areInstalled()) return { summary: 'up to date' };
  let fetched = 0;
  const onLine = (line) => {
    if (line.startsWith('npm http fetch GET')) fetched += 1;
    say(`npm ci: ${fetched} files fetched`);
  };
  const [command, ...args] = npm();
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=http'];
  await children.run('npm-ci', command, [...args, 'ci', ...flags], { onLine });
  return { summary: `${Object.keys(packagesIn(lockfile)).length} in the lockfile` };
}

/**
 * npm writes node_modules/.package-lock.json last, so an installation that was interrupted has
 * none. An optional package may be absent: it is for another system.
 */
function areInstalled() {
  if (!existsSync(installed)) return false;
  const present = packagesIn(installed);
  return Object.entries(packagesIn(lockfile)).every(([folder, wanted]) => {
    const found = present[folder];
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function packagesIn(file) {
  const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
  return packages;
}

/** The npm that runs this script, else the one on the PATH. */
function npm() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
}
