import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl, kafkaBrokers } from '../servers.ts';
import { end, listen, makePlace, portOf, run } from './started.ts';
import type { Place, Started } from './started.ts';

jest.setTimeout(120_000); // KafkaJS takes its time to give up.

/** Each is one clear message and an exit code other than 0, with nothing left running. */
describe('npm start refuses', () => {
  let place: Place;
  let started: Started | undefined;

  beforeAll(async () => {
    place = await makePlace();
  });

  afterEach(async () => {
    if (started !== undefined) await end(started);
  });

  afterAll(() => {
    place.remove();
  });

  async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
    started = run(['node', 'scripts/start.mjs'], { ...place.env, ...env });
    const { code, output } = await started.ended;
    expect(code).toBe(1);
    expect(output).not.toMatch(/^\s+at .*\.mjs/m); // A message, not a stack.
    return output;
  }

  function database(change: (url: URL) => void): Record<string, string> {
    const url = new URL(databaseUrl());
    change(url);
    return { DATABASE_URL: url.href };
  }

  it('a port in use', async () => {
    const server = await listen();
    const taken = String(portOf(server));
    expect(await refusal({ API_PORT: taken })).toContain(`port ${taken} (api): set API_PORT`);
    server.close();
  });

  it('ports that are none, all of them at once', async () => {
    const output = await refusal({ API_PORT: 'eighty', KAFKA_PORT: '70000' });
    expect(output).toContain('API_PORT: expected a port');
    expect(output).toContain('KAFKA_PORT: expected a port');
  });

  it('a DATABASE_URL that is none', async () => {
    expect(await refusal({ DATABASE_URL: 'localhost/ledger' })).toContain(
      'DATABASE_URL: expected postgres://',
    );
  });

  it('a DATABASE_URL nobody answers at', async () => {
    const output = await refusal({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/ledger' });
    expect(output).toContain('127.0.0.1:1/ledger cannot be reached');
    expect(output).not.toContain('secret');
  });

  it('a DATABASE_URL with another name', async () => {
    const output = await refusal(database((url) => (url.pathname = '/nowhere')));
    expect(output).toContain('there is no database "nowhere"');
  });

  it('a DATABASE_URL with a wrong password, without telling it', async () => {
    const output = await refusal(database((url) => (url.password = 'a-wrong-one')));
    expect(output).toContain('refused the password of "postgres"');
    expect(output).not.toContain('a-wrong-one');
  });

  it('KAFKA_BROKERS nobody answers at', async () => {
    const output = await refusal({
      ...database(() => undefined),
      KAFKA_BROKERS: '127.0.0.1:1',
    });
    expect(output).toContain('Kafka at 127.0.0.1:1 cannot be used');
  });

  it('KAFKA_BROKERS that are none', async () => {
    const output = await refusal({ ...database(() => undefined), KAFKA_BROKERS: 'kafka' });
    expect(output).toContain('KAFKA_BROKERS: host:port is expected');
  });

  it('a machine without Java, naming the ways out', async () => {
    const bin = path.join(place.folder, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, path.join(bin, 'node'));
    const output = await refusal({ ...database(() => undefined), PATH: bin, JAVA_HOME: '' });
    expect(output).toContain('no Java is installed');
    expect(output).toContain('docker compose up');
  });

  it('a PostgreSQL folder that lost a part', async () => {
    mkdirSync(path.join(place.folder, 'postgresql', 'data'), { recursive: true });
    const output = await refusal({ KAFKA_BROKERS: kafkaBrokers().join(',') });
    expect(output).toContain("PostgreSQL's data folder is incomplete");
    expect(output).toContain('npm run reset');
    rmSync(path.join(place.folder, 'postgresql'), { recursive: true });
  });

  it('a Kafka folder that lost a part', async () => {
    const data = path.join(place.folder, 'kafka', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(path.join(data, 'bootstrap.checkpoint'), '');
    const output = await refusal(database(() => undefined));
    expect(output).toContain("Kafka's data folder is incomplete");
    expect(output).toContain('has no meta.properties');
  });
});
