import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Ledger1764000000000 } from './migrations/1764000000000-ledger.ts';
import { Projection1764000000001 } from './migrations/1764000000001-projection.ts';
import { roles } from './roles.ts';

/** Any number will do, so long as every migrator of a database uses the same. */
const LOCK = 7_246_001;
const LOCK_WAIT = '60s';

/**
 * Brings the schemas `ledger` and `projection` to the newest version; safe to run by several at
 * once and again and again. Returns the names of the migrations that ran.
 *
 * The role of `url` must be able to create roles and schemas: a superuser, or the database's owner
 * with CREATEROLE. Throws on anything else than success; what had been begun is rolled back.
 */
export async function migrate(url: string): Promise<string[]> {
  const admin = new Client({ connectionString: url, application_name: 'deal-ledger migrate' });
  await admin.connect();
  try {
    await admin.query(`SET lock_timeout = '${LOCK_WAIT}'`);
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await prepare(admin);
    return await run(url);
  } finally {
    await admin.end();
  }
}

/** What has to be there before a migration can run as the owner: the owner and its schemas. */
async function prepare(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ encoding: string }>(
    `SELECT current_setting('server_encoding') AS encoding`,
  );
  if (rows[0]?.encoding !== 'UTF8') {
    throw new Error(
      `The database's encoding is ${rows[0]?.encoding ?? 'unknown'}; UTF8 is needed.`,
    );
  }
  await admin.query(createRoles);
  await admin.query(`
    CREATE SCHEMA IF NOT EXISTS ledger AUTHORIZATION ${roles.owner};
    CREATE SCHEMA IF NOT EXISTS projection AUTHORIZATION ${roles.owner};
    DO $$ BEGIN
      EXECUTE format('GRANT CREATE ON DATABASE %I TO ${roles.projector}', current_database());
    END $$`);
}

/**
 * Roles belong to the cluster, and two databases may be migrated at once: whoever comes second waits
 * on the unique index and is told that the role exists. A creator that is no superuser still has to
 * allow itself to act as the owner.
 */
const createRoles = `
  DO $$
  DECLARE role_name text;
  BEGIN
    FOREACH role_name IN ARRAY ARRAY['${Object.values(roles).join("', '")}'] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        BEGIN
          EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
      END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, '${roles.owner}', 'SET') THEN
      GRANT ${roles.owner} TO CURRENT_USER WITH SET TRUE;
    END IF;
  END $$`;

async function run(url: string): Promise<string[]> {
  const source = await new DataSource({
    type: 'postgres',
    url: asOwner(url),
    schema: 'ledger',
    migrations: [Ledger1764000000000, Projection1764000000001],
    migrationsTableName: 'migration',
    applicationName: 'deal-ledger migrate',
    installExtensions: false,
    extra: { max: 1 },
  }).initialize();
  try {
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}

/** Start-up options in a URL win over those given beside it, so the role joins them there. */
function asOwner(url: string): string {
  const target = new URL(url);
  const options = [...target.searchParams.getAll('options'), `-c role=${roles.owner}`].join(' ');
  target.searchParams.delete('options');
  return `${target.href}${target.search === '' ? '?' : '&'}options=${encodeURIComponent(options)}`;
}
