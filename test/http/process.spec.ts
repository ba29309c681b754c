import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, createMigratedDatabase, kafkaBrokers } from '../servers.ts';
import type { TestDatabase } from '../servers.ts';

const program = new URL('../../dist/apps/api/src/main.js', import.meta.url).pathname;

/** The API as operators run it: its exit codes are part of what docs/operate.md promises. */
describe('the process of the API', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    if (!existsSync(program)) throw new Error(`${program} is not built: run \`npm test\`.`);
    database = await createMigratedDatabase();
  });

  afterAll(() => database.drop());

  function start(environment: Record<string, string>) {
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        KAFKA_BROKERS: kafkaBrokers().join(','),
        HTTP_PORT: '0',
        ...environment,
      },
    });
    const told = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (told.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (told.err += text.toString()));
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, told, code };
  }

  async function listening({ child, told }: { child: ChildProcess; told: { out: string } }) {
    for (;;) {
      const url = /"url":"([^"]+)","msg":"api listens"/.exec(told.out)?.[1];
      if (url !== undefined) return url;
      if (child.exitCode !== null) throw new Error(`It ended: ${told.out}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('ends with 78 and every fault where its configuration is wrong', async () => {
    const { code, told } = start({
      DATABASE_URL: 'db',
      HTTP_PORT: 'x',
      KAFKA_SASL_PASSWORD: 'hush',
    });
    expect(await code).toBe(78);
    for (const name of ['DATABASE_URL', 'HTTP_PORT', 'KAFKA_SASL_MECHANISM']) {
      expect(told.err).toContain(`  ${name}: `);
    }
    expect(told.err + told.out).not.toContain('hush');
  });

  it('ends with 1 and says so where the database is not migrated', async () => {
    const empty = await createDatabase();
    const { code, told } = start({ DATABASE_URL: empty.url });
    expect(await code).toBe(1);
    expect(told.out).toContain('The database is not migrated: run `migrate`');
    await empty.drop();
  });

  it('ends with 1 where PostgreSQL is not there', async () => {
    const { code, told } = start({ DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/deals' });
    expect(await code).toBe(1);
    expect(told.out).toContain('ECONNREFUSED');
    expect(told.out).not.toContain('hush');
  });

  it('goes on where its connections are cut, and ends with 0 when told', async () => {
    const running = start({ DATABASE_URL: database.url });
    const url = await listening(running);
    const { Client } = (await import('pg')).default;
    const superuser = new Client({ connectionString: database.url });
    await superuser.connect();
    await superuser.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'deal-ledger%'`);
    await superuser.end();
    expect((await fetch(`${url}/v1/ledger/entries`)).status).toBe(200);
    running.child.kill('SIGTERM');
    expect(await running.code).toBe(0);
  });
});
