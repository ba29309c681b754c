import { readFileSync } from 'node:fs';

/**
 * Imported first by every script: an old Node would fail later, in words nobody understands.
 */
const { engines } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const needed = engines.node.replace('>=', '');
const [major, minor] = needed.split('.').map(Number);
const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number);

if (hasMajor < major || (hasMajor === major && hasMinor < minor)) {
  console.error(`Node.js ${needed} or later is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
if (process.platform === 'win32') {
  console.error('Windows is not supported: use WSL, or `docker compose up` in docker/.');
  process.exit(1);
}
