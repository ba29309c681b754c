import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigResourceTypes } from 'kafkajs';
import { TestLedger } from '../ledger.ts';
import { startIngester } from '../pipeline/running-ingester.ts';
import { kafkaBrokers, suffix, testKafka } from '../servers.ts';

const program = new URL('../../dist/apps/cli/src/main.js', import.meta.url).pathname;

const envelope = (id: string, data: object = { party: 'zhipu', effectiveOn: '2024' }): string =>
  JSON.stringify({ specversion: '1.0', id, source: 'desk', type: 'party-described', data });

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('deal-ledger publish', () => {
  const end = suffix();
  const topics = [`cli-${end}.party-described`, `cli-${end}.history`];
  let folder: string;
  let ledger: TestLedger;

  beforeAll(async () => {
    if (!existsSync(program)) throw new Error(`${program} is not built: run \`npm test\`.`);
    folder = await mkdtemp(path.join(tmpdir(), 'deal-ledger-publish-'));
    ledger = await TestLedger.create();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await ledger.close();
    await administer(async (admin) => {
      const existing = await admin.listTopics();
      await admin.deleteTopics({ topics: topics.filter((topic) => existing.includes(topic)) });
    });
  });

  async function run(args: readonly string[], input = ''): Promise<Ended> {
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: ledger.database.url,
      KAFKA_BROKERS: kafkaBrokers().join(','),
      KAFKA_TOPICS: topics.join(','),
    };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), stdout: out, stderr: err });
      });
      child.stdin?.end(input);
    });
  }

  async function file(...lines: string[]): Promise<string> {
    const name = path.join(folder, `${suffix()}.ndjson`);
    await writeFile(name, `${lines.join('\n')}\n`);
    return name;
  }

  const countOf = (topic: string) =>
    administer(async (admin) =>
      (await admin.fetchTopicOffsets(topic)).reduce((sum, { offset }) => sum + Number(offset), 0),
    );

  it('keeps the order of lines in one partition, and makes topics that take large events', async () => {
    const lines = Array.from({ length: 1_200 }, (_, n) => envelope(`o-${String(n)}`));
    const { code, stdout, stderr } = await run(['publish', await file(...lines), '--in-order']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^1200 events published in /);
    expect(await countOf(topics[1] ?? '')).toBe(1_200);
    await administer(async (admin) => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: topics[1] ?? '',
            configNames: ['max.message.bytes'],
          },
        ],
      });
      for (const { configEntries } of resources) {
        expect(Number(configEntries[0]?.configValue)).toBeGreaterThanOrEqual(2 * 1_048_576);
      }
    });
  });

  it('names a bad line with its faults, publishes the rest and ends with 65', async () => {
    const bad = envelope('b', { party: 'Z', effectiveOn: '2024-13' });
    const { code, stdout, stderr } = await run([
      'publish',
      await file(envelope('g-1'), bad, '', 'garbage', envelope('g-2')),
    ]);
    expect(code).toBe(65);
    expect(stdout).toMatch(/^2 events published in .*, 2 bad lines left out\n$/);
    expect(stderr).toMatch(/^line 2: schema-violation\n {2}\/data\/party {2}schema-violation: /);
    expect(stderr).toMatch(/\/data\/effectiveOn/);
    expect(stderr).toMatch(/^line 4: not-json$/m);
    expect(await countOf(topics[0] ?? '')).toBe(2);
  });

  it('stops at the first bad line if told to be strict', async () => {
    const before = await countOf(topics[0] ?? '');
    const name = await file(envelope('s-1'), 'garbage', envelope('s-2'), 'more');
    const { code, stdout, stderr } = await run(['publish', name, '--strict']);
    expect(code).toBe(65);
    expect(stdout).toMatch(/^1 event published in .*; stopped at the bad line\n$/);
    expect(stderr).not.toMatch(/line 4/);
    expect(await countOf(topics[0] ?? '')).toBe(before + 1);
  });

  it('waits until all is recorded, and says if it is not', async () => {
    const name = await file(envelope('w-1'), envelope('w-2'));
    const late = await run(['publish', name, '--wait', '1', '--again', '1']);
    expect(late.code).toBe(75);
    expect(late.stderr).toContain('publishing again');
    const ingester = await startIngester({ url: ledger.database.url, topics });
    const recorded = await run(['publish', '-', '--in-order', '--wait'], envelope('w-3'));
    await ingester.close();
    expect(recorded).toMatchObject({ code: 0, stderr: '' });
    expect(recorded.stdout).toContain('All of it is recorded.');
    const [row] = await ledger.rows(`SELECT count(*)::int AS entries FROM ledger.entry
      WHERE id IN ('w-1', 'w-2', 'w-3')`);
    expect(row).toEqual({ entries: 3 });
  });

  it('says plainly what is missing', async () => {
    expect(await run(['publish', '/nonexistent/file'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such file'),
    });
    expect(await run(['publish'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("missing required argument 'file'"),
    });
    expect(await run(['publish', 'x', '--wait', 'soon'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--wait'),
    });
  });
});

async function administer<T>(
  work: (admin: ReturnType<ReturnType<typeof testKafka>['admin']>) => Promise<T>,
): Promise<T> {
  const admin = testKafka().admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
