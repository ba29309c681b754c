import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { TestDatabase } from '../../../test/servers.ts';
import { createDatabase } from '../../../test/servers.ts';
import { migrate } from './migrate.ts';
import { roles } from './roles.ts';

describe('migrate', () => {
  let database: TestDatabase;
  let superuser: Client;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(async () => {
    await superuser.end();
    await database.drop();
  });

  it('lets many run at once and does each migration once', async () => {
    const second = await createDatabase();
    const runs = [database, database, database, second, second].map(({ url }) => migrate(url));
    const done = (await Promise.all(runs)).flat();
    await second.drop();
    expect(done.sort()).toEqual([
      'Ledger1764000000000',
      'Ledger1764000000000',
      'Projection1764000000001',
      'Projection1764000000001',
    ]);
    await expect(migrate(database.url)).resolves.toEqual([]);
    superuser = new Client({ connectionString: database.url });
    await superuser.connect();
  });

  it.each(['entry', 'duplicate', 'seal', 'published_mark'])(
    'lets no role change ledger.%s, not even a superuser as a replica',
    async (table) => {
      await superuser.query('BEGIN; SET LOCAL session_replication_role = replica');
      await expect(superuser.query(`DELETE FROM ledger.${table}`)).rejects.toThrow('append-only');
      await superuser.query('ROLLBACK');
      for (const role of Object.values(roles)) {
        for (const change of [
          `UPDATE ledger.${table} SET position = position`,
          `DELETE FROM ledger.${table}`,
          `TRUNCATE ledger.${table}`,
        ]) {
          await superuser.query(`BEGIN; SET LOCAL ROLE ${role}`);
          await expect(superuser.query(change)).rejects.toThrow('permission denied');
          await superuser.query('ROLLBACK');
        }
      }
      await expect(superuser.query(`TRUNCATE ledger.${table}`)).rejects.toThrow('append-only');
    },
  );

  it('never lets the head go back', async () => {
    await superuser.query('BEGIN; UPDATE ledger.head SET position = 5');
    await expect(superuser.query('UPDATE ledger.head SET position = 4')).rejects.toThrow('refused');
    await superuser.query('ROLLBACK');
    await expect(superuser.query('DELETE FROM ledger.head')).rejects.toThrow('append-only');
  });

  it.each([roles.projector, roles.reader])('lets %s read and not write', async (role) => {
    for (const table of ['entry', 'duplicate', 'quarantine', 'seal', 'published_mark', 'head']) {
      await superuser.query(`BEGIN; SET LOCAL ROLE ${role}`);
      await superuser.query(`SELECT count(*) FROM ledger.${table}`);
      await expect(superuser.query(`INSERT INTO ledger.${table} DEFAULT VALUES`)).rejects.toThrow(
        'permission denied',
      );
      await superuser.query('ROLLBACK');
    }
  });

  it('lets the projector and nobody else make schemas and fillings', async () => {
    const filling = `INSERT INTO projection.filling (version, filling, schema_name) VALUES (1, 1, 'r')`;
    for (const role of [roles.writer, roles.reader]) {
      for (const change of [filling, 'CREATE SCHEMA mine', 'CREATE TABLE ledger.mine ()']) {
        await superuser.query(`BEGIN; SET LOCAL ROLE ${role}`);
        await expect(superuser.query(change)).rejects.toThrow('permission denied');
        await superuser.query('ROLLBACK');
      }
    }
    await superuser.query(
      `BEGIN; SET LOCAL ROLE ${roles.projector}; ${filling}; CREATE SCHEMA mine`,
    );
    await superuser.query('ROLLBACK');
  });

  it('can be run by a login that is no superuser, again and again', async () => {
    const own = await createDatabase();
    const login = `migrator_${String(process.pid)}`;
    const name = new URL(own.url).pathname.slice(1);
    await superuser.query(`CREATE ROLE ${login} LOGIN CREATEROLE PASSWORD 'its-own'`);
    await superuser.query(`ALTER DATABASE ${name} OWNER TO ${login}`);
    await superuser.query(`GRANT ${roles.owner} TO ${login} WITH SET TRUE`);
    const url = new URL(own.url);
    url.username = login;
    url.password = 'its-own';
    await expect(migrate(url.href)).resolves.toHaveLength(2);
    await expect(migrate(url.href)).resolves.toHaveLength(0);
    await own.drop();
    await superuser.query(`DROP ROLE ${login}`);
  });
});
