import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { Failure } from '../run/failure.mjs';
import { commandOf, identify } from '../run/identity.mjs';
import { stopProcess } from '../run/stop.mjs';
import { answers } from './database.mjs';
import { settlePlace } from './postgres-place.mjs';

const database = 'deal_ledger';
const startWithinMs = 60_000;
/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, then a checkpoint is written. */
const stopping = { stopSignal: 'SIGINT', stopWithinMs: 30_000 };
/** Text is ordered by its bytes, on every system alike. */
const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin'];

/**
 * Starts PostgreSQL 18 on its own data, made where missing, and its database.
 *
 * Returns `{ url, ended, place }`: a superuser's URL on the loopback, and what Children.serve says.
 */
export async function startPostgres({ children, folder, port, flags = [], say = () => undefined }) {
  const place = await settlePlace(folder);
  const data = path.join(place.folder, 'data');
  if (!existsSync(data)) {
    say('making its data folder');
    await initialise(children, place, data);
  }
  requireComplete(data);
  await endOrphan(data);
  say('opening its data');
  const server = children.serve(
    'postgresql',
    path.join(place.native, 'bin', 'postgres'),
    ['-D', data, '-p', String(port), ...settingsOf(flags)],
    { ...place.user, cwd: place.folder, env: environment(), ...stopping },
  );
  const password = readFileSync(path.join(place.folder, 'password'), 'utf8');
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await answers(url, { makeDatabase: database, ended: server.ended, withinMs: startWithinMs });
  return { url, ended: server.ended, place: place.folder };
}

/** What a second start would find half-written is made under another name and then renamed. */
async function initialise(children, place, data) {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  const passwordFile = path.join(place.folder, 'password');
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o600);
  if (place.user.uid !== undefined) {
    for (const file of [draft, passwordFile]) chownSync(file, place.user.uid, place.user.gid);
  }
  await children.run(
    'initdb',
    path.join(place.native, 'bin', 'initdb'),
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      ...locale,
      '--builtin-locale=C.UTF-8',
    ],
    { ...place.user, cwd: place.folder, env: environment() },
  );
  renameSync(draft, data);
}

function requireComplete(data) {
  const hints = ['`npm run reset` empties the local data, and the next start makes it anew.'];
  for (const file of ['PG_VERSION', 'postgresql.conf', 'global/pg_control']) {
    if (existsSync(path.join(data, file))) continue;
    throw new Failure(`PostgreSQL's data folder is incomplete: ${data} has no ${file}.`, { hints });
  }
  const version = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === '18') return;
  throw new Failure(`${data} was written by PostgreSQL ${version}; this is 18.`, { hints });
}

/**
 * PostgreSQL refuses to start beside a postmaster.pid whose process lives, even if the number
 * is meanwhile somebody else's.
 */
async function endOrphan(data) {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (commandOf(pid).includes(`-D ${data} `)) {
    await stopProcess({ pid, identity: identify(pid), ...stopping });
  } else {
    rmSync(file);
  }
}

const settingsOf = (flags) =>
  ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'log_line_prefix=%m [%p] %a ']
    .concat(flags)
    .flatMap((setting) => ['-c', setting]);

/** PGDATA, PGHOST and their like, meant for another server, would be heeded. */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
