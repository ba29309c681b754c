import type { ClientBase, Pool } from 'pg';
import { analystsDeclaration, declaration } from './declare.ts';
import { stepTables } from './tables.ts';

/**
 * Raise it with every change of a row or an answer: rules, tables or SQL. Under one version an
 * answer for a fixed (asOf, position) never changes. version.spec.ts holds the digest of a fixed
 * stream's rows and of the SQL, and says when it is time.
 */
export const PROJECTION_VERSION = 1;

/** A pool, or a client of the projector's role. */
export type Database = Pick<Pool | ClientBase, 'query'>;

/**
 * One filling of a version's tables, in a schema of its own.
 *
 * - building: it has yet to catch up with the ledger; nobody reads it.
 * - ready: it has caught up; an API of its version reads it.
 * - live: ready, and the newest version there is; analysts read it too.
 * - retired: another filling of its version took its place; dropped once nobody reads it.
 */
export interface Filling {
  readonly version: number;
  readonly filling: number;
  readonly schema: string;
  readonly state: 'building' | 'ready' | 'live' | 'retired';
}

/** How far a filling is. */
export interface FillingProgress extends Filling {
  readonly position: number;
  readonly startedAt: Date;
  readonly movedAt: Date;
}

/** The fillings that a projector of this version keeps up, the one that is read first. */
export async function fillingsOf(db: Database, version: number): Promise<Filling[]> {
  const { rows } = await db.query<Filling>(
    `${select} WHERE version = $1 AND state <> 'retired'
     ORDER BY state = 'building', filling DESC`,
    [version],
  );
  return rows;
}

/** The schema that an API of this version reads; null while none has caught up. */
export async function readableSchema(db: Database, version: number): Promise<string | null> {
  const [first] = await fillingsOf(db, version);
  return first === undefined || first.state === 'building' ? null : first.schema;
}

/** Every filling that has a schema, live or not, and how far each has read the ledger. */
export async function fillingProgress(db: Database): Promise<FillingProgress[]> {
  const { rows } = await db.query<Filling & { startedAt: Date }>(
    `SELECT version, filling, schema_name AS schema, state, started_at AS "startedAt"
     FROM projection.filling WHERE to_regclass(schema_name || '.checkpoint') IS NOT NULL
     ORDER BY version, filling`,
  );
  const progress: FillingProgress[] = [];
  for (const filling of rows) {
    const { rows: at } = await db.query<{ position: string; movedAt: Date }>(
      `SELECT position, moved_at AS "movedAt" FROM ${filling.schema}.checkpoint`,
    );
    for (const { position, movedAt } of at) {
      progress.push({ ...filling, position: Number(position), movedAt });
    }
  }
  return progress;
}

/** Makes an empty filling and its schema `read_<version>_<filling>`; inside a transaction. */
export async function createFilling(client: ClientBase, version: number): Promise<Filling> {
  await client.query(`SELECT pg_advisory_xact_lock(${lockOf(`'fillings'`)})`);
  const { rows } = await client.query<Filling>(
    `INSERT INTO projection.filling (version, filling, schema_name)
     SELECT $1::integer, next.filling, format('read_%s_%s', $1::integer, next.filling)
     FROM (SELECT coalesce(max(filling), 0) + 1 AS filling
           FROM projection.filling WHERE version = $1::integer) next
     RETURNING version, filling, schema_name AS schema, state`,
    [version],
  );
  const [filling] = rows;
  if (filling === undefined) throw new Error('projection.filling returned no row.');
  const { schema } = filling;
  await client.query(`
    CREATE SCHEMA ${schema};
    SET LOCAL search_path TO ${schema};
    ${declaration()}
    INSERT INTO checkpoint (version) VALUES (${version});
    GRANT USAGE ON SCHEMA ${schema} TO deal_ledger_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO deal_ledger_reader;
    SET LOCAL search_path TO DEFAULT`);
  return filling;
}

/**
 * Says that a filling has caught up, in the caller's transaction. It takes the place of the other
 * filling of its version, and becomes live unless a newer version is: then the schema `deals` asks
 * it. Who listens on `projection_live` is told its schema.
 */
export async function settleFilling(
  client: ClientBase,
  { version, schema }: Filling,
): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${lockOf(`'fillings'`)})`);
  await client.query(
    `UPDATE projection.filling
     SET state = CASE version WHEN $1 THEN 'retired' ELSE 'ready' END,
       retired_at = CASE version WHEN $1 THEN clock_timestamp() END
     WHERE schema_name <> $2 AND version <= $1
       AND (state = 'live' OR state = 'ready' AND version = $1)`,
    [version, schema],
  );
  const { rows } = await client.query<Pick<Filling, 'state'>>(
    `UPDATE projection.filling
     SET ready_at = clock_timestamp(),
       live_at = CASE WHEN newest THEN clock_timestamp() END,
       state = CASE WHEN newest THEN 'live' ELSE 'ready' END
     FROM (SELECT NOT EXISTS (SELECT FROM projection.filling WHERE state = 'live') AS newest) now
     WHERE schema_name = $1
     RETURNING state`,
    [schema],
  );
  // Filled in one go, it has no statistics yet, and is read from now on.
  for (const { name } of stepTables) await client.query(`ANALYZE ${schema}.${name}`);
  if (rows[0]?.state === 'live') {
    await client.query(`
      SET LOCAL search_path TO ${schema};
      ${analystsDeclaration()}
      SET LOCAL search_path TO DEFAULT`);
  }
  await client.query(`SELECT pg_notify('projection_live', $1)`, [schema]);
}

/**
 * Says that this session reads a schema, until it ends: the schema is not dropped meanwhile. False:
 * it is being dropped.
 */
export async function holdSchema(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `SELECT pg_try_advisory_lock_shared(${lockOf(`'read ' || $1::text`)}) AS held`,
    [schema],
  );
  return rows[0]?.held === true;
}

/**
 * Says that this session alone advances a schema, until it ends. False: another does; stand by. The
 * checkpoint is compared as well: a session that lost its lock without noticing changes nothing.
 */
export async function fenceSchema(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ fenced: boolean }>(
    `SELECT pg_try_advisory_lock(${lockOf(`'advance ' || $1::text`)}) AS fenced`,
    [schema],
  );
  return rows[0]?.fenced === true;
}

/**
 * Drops schemas that nobody reads or advances: those retired, and those of versions older than the
 * live one. Returns their names.
 */
export async function dropUnreadFillings(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT schema_name AS schema FROM projection.filling f
     WHERE to_regnamespace(schema_name) IS NOT NULL AND (state = 'retired' OR version <
       (SELECT version FROM projection.filling WHERE state = 'live'))`,
  );
  const dropped: string[] = [];
  for (const { schema } of rows) if (await dropUnread(client, schema)) dropped.push(schema);
  return dropped;
}

async function dropUnread(client: ClientBase, schema: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${lockOf(`'read ' || $1::text`)})
         AND pg_try_advisory_xact_lock(${lockOf(`'advance ' || $1::text`)}) AS free`,
      [schema],
    );
    const isFree = rows[0]?.free === true;
    if (isFree) {
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.query(
        `UPDATE projection.filling
         SET state = 'retired', retired_at = coalesce(retired_at, clock_timestamp())
         WHERE schema_name = $1`,
        [schema],
      );
    }
    await client.query('COMMIT');
    return isFree;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const select = `SELECT version, filling, schema_name AS schema, state FROM projection.filling`;

/** An advisory lock's number, from an expression of text. Locks belong to the database. */
function lockOf(name: string): string {
  return `hashtextextended('deal-ledger ' || ${name}, 0)`;
}
