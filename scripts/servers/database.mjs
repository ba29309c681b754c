import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../run/failure.mjs';

const oldestMajor = 18;

/** Waits until our own server answers, and makes its database where missing. */
export async function answers(url, { makeDatabase, ended, withinMs }) {
  const administration = new URL(url);
  administration.pathname = '/postgres';
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      await query(administration.href, async (client) => {
        const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
          makeDatabase,
        ]);
        if (rows.length === 0) await client.query(`CREATE DATABASE ${makeDatabase}`);
      });
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        throw new Failure(
          `PostgreSQL did not answer within ${withinMs / 1000} s: ${error.message}`,
        );
      }
    }
    const end = await Promise.race([ended, sleep(100)]);
    if (end instanceof Error) throw end;
  }
}

/**
 * Checks a DATABASE_URL that was given: reachable, the password right, PostgreSQL 18 or later.
 *
 * Throws one Failure that names the fault and never the password. Returns `{ version, shown }`.
 */
export async function requireDatabase(text) {
  const url = parse(text);
  const shown = `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
  try {
    const version = await query(url.href, async (client) => {
      const { rows } = await client.query('SHOW server_version');
      return rows[0].server_version;
    });
    if (Number.parseInt(version, 10) >= oldestMajor) return { version, shown };
    throw new Failure(`DATABASE_URL: ${shown} is PostgreSQL ${version}; 18 or later is needed.`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`DATABASE_URL: ${faultOf(error, url, shown)}`, {
      hints: ['Mend DATABASE_URL, or unset it to have a PostgreSQL started here.'],
    });
  }
}

function parse(text) {
  try {
    const url = new URL(text);
    if (/^postgres(ql)?:$/.test(url.protocol)) return url;
  } catch {
    // Told below.
  }
  throw new Failure('DATABASE_URL: expected postgres://user:password@host:5432/database.');
}

function faultOf(error, url, shown) {
  const user = decodeURIComponent(url.username);
  if (/password must be a/.test(error.message)) {
    return `${shown} asks for a password, and the URL has none.`;
  }
  switch (error.code) {
    case '28P01':
      return `${shown} refused the password of "${user}".`;
    case '28000':
      return `${shown} refused "${user}": ${error.message}.`;
    case '3D000':
      return `there is no database "${url.pathname.slice(1)}" at ${url.host}.`;
    default:
      return `${shown} cannot be reached: ${error.message || error.code}.`;
  }
}

async function query(url, work) {
  const { default: pg } = await import('pg'); // Not installed before the first start has got so far.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // The server went away; the query in flight says so too.
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
