import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { z } from 'zod';
import { integer } from './config.ts';

/** Variables of every app that reads or writes PostgreSQL. */
export const databaseSettings = {
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'a URL such as postgres://user@host:5432/database is expected')
    .meta({ description: 'PostgreSQL 18. The login must be a member of the role the app takes.' }),
  DATABASE_POOL_MAX: integer({ min: 1, max: 500 })
    .default(10)
    .meta({ description: 'Connections of one app at most.' }),
  DATABASE_STATEMENT_TIMEOUT_SECONDS: integer({ min: 1, max: 3600 })
    .default(30)
    .meta({ description: 'PostgreSQL ends a statement of the app after this long.' }),
};

/** The roles of docs/operate.md: a connection takes one as it opens (`SET ROLE`). */
export type DatabaseRole =
  'deal_ledger_owner' | 'deal_ledger_writer' | 'deal_ledger_projector' | 'deal_ledger_reader';

export interface ConnectionOptions {
  /** `postgres://…`; may carry `options` of its own, which are kept. */
  readonly url: string;
  /** Absent: the login's own role, as migrations need before any role exists. */
  readonly role?: DatabaseRole;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections at most; 10 unless told. */
  readonly max?: number;
  /** 0 or absent: no limit. */
  readonly statementTimeoutMs?: number;
}

/** A pool of node-postgres connections, for the bulk paths and the questions. */
export function createPool(options: ConnectionOptions): Pool {
  const pool = new Pool({
    connectionString: connectionString(options),
    application_name: options.applicationName,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the next query, which reports what it meets.
  pool.on('error', () => undefined);
  return pool;
}

/** TypeORM's data source: migrations, transactions and the keyed operational rows. */
export function dataSource(
  options: ConnectionOptions & Pick<DataSourceOptions, 'migrations' | 'entities'>,
): DataSource {
  const { migrations = [], entities = [] } = options;
  return new DataSource({
    type: 'postgres',
    url: connectionString(options),
    applicationName: options.applicationName,
    poolSize: options.max ?? 10,
    connectTimeoutMS: 10_000,
    synchronize: false,
    migrations,
    entities,
  });
}

/** The URL with role and limits as start-up options, so that no query runs without them. */
function connectionString({ url, role, statementTimeoutMs }: ConnectionOptions): string {
  const target = new URL(url);
  const wanted = [
    ...target.searchParams.getAll('options'),
    ...(role === undefined ? [] : [`-c role=${role}`]),
    ...(statementTimeoutMs === undefined ? [] : [`-c statement_timeout=${statementTimeoutMs}`]),
  ];
  if (wanted.length > 0) target.searchParams.set('options', wanted.join(' '));
  // URLSearchParams writes a space as '+', which the driver does not read back as one.
  target.search = target.search.replaceAll('+', '%20');
  return target.href;
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}
