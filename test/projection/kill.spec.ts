import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fillingProgress } from '#libs/read-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateStream } from '../reference/streams.ts';
import { Projected } from './projected.ts';

const main = fileURLToPath(new URL('../../dist/apps/projector/src/main.js', import.meta.url));

/** A failure names its seed: SEED=… replays the stream, though not the moments of death. */
const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 1_000_000));

let projected: Projected;
let child: ChildProcess | undefined;

beforeAll(async () => {
  if (!existsSync(main)) throw new Error('dist is missing: run `npm run build`.');
  projected = await Projected.create();
});

afterAll(async () => {
  child?.kill('SIGKILL');
  await projected.close();
});

function start(): ChildProcess {
  const started = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: projected.ledger.database.url,
      HTTP_PORT: '0',
      LOG_LEVEL: 'info',
      PROJECTOR_BATCH_ENTRIES: '7',
    },
  });
  started.stdout.resume(); // A pipe that nobody empties would stop it.
  return started;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function position(): Promise<number> {
  const [filling] = await fillingProgress(projected.pool);
  return filling?.position ?? -1;
}

/** Waits until a projector says that it listens: from then on it heeds signals. */
async function listens(started: ChildProcess): Promise<void> {
  let said = '';
  started.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('projector listens')) await pause(20);
}

/** Waits until the projector has come to a position. */
async function reached(wanted: number): Promise<void> {
  while ((await position()) < wanted) {
    if (child?.exitCode !== null) throw new Error('The projector has ended.');
    await pause(20);
  }
}

describe(`the projector, killed at random, SEED=${seed}`, () => {
  it('leaves a consistent checkpoint, and goes on from it', async () => {
    const stream = generateStream(seed, 300);
    let recorded = 0;
    for (let kills = 0; kills < 6; kills++) {
      recorded = await projected.record(stream.slice(kills * 50, kills * 50 + 50));
      child = start();
      await reached(recorded - 45); // It works: now it may die at any moment of a batch.
      await pause(Math.random() * 60);
      child.kill('SIGKILL');
    }
    child = start();
    await reached(recorded);
    child.kill('SIGKILL');
    const again = await projected.fill();
    await projected.project(again, { entriesMax: 100_000 });
    expect(recorded).toBe(stream.length);
    expect(await projected.digest({ ...again, schema: 'read_1_1' })).toEqual(
      await projected.digest(again),
    );
  }, 180_000);

  it('ends in good order when told to', async () => {
    child = start();
    await listens(child);
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
