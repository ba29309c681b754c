import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { kafkaBrokers, suffix } from '../servers.ts';
import { eventually } from './running-ingester.ts';

const main = new URL('../../dist/apps/ingester/src/main.js', import.meta.url).pathname;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it logged. */
  readonly log: string;
}

/** An ingester as it runs in production: compiled, a process, with its thread. */
export class IngesterProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #log = '';
  #url: string | undefined;

  constructor({ url, topics }: { url: string; topics: readonly string[] }) {
    if (!existsSync(main)) throw new Error('dist/ is missing: run `npm test`, which builds it.');
    const { PATH } = process.env;
    this.#child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH,
        NODE_ENV: 'production',
        HTTP_PORT: '0',
        DATABASE_URL: url,
        KAFKA_BROKERS: kafkaBrokers().join(','),
        KAFKA_TOPICS: topics.join(','),
        // Kafka waits for a killed member of a group until its session ends: each has its own.
        KAFKA_GROUP_ID: `group-${suffix()}`,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log += chunk.toString();
        this.#url ??= /"url":"([^"]+)"/.exec(this.#log)?.[1];
      });
    }
    this.ended = once(this.#child, 'close').then((values) => {
      const [code, signal] = values as [number | null, NodeJS.Signals | null];
      return { code, signal, log: this.#log };
    });
  }

  /** Resolves once it reads its partitions. */
  async ready(): Promise<void> {
    await eventually(async () => {
      const { ok } = await fetch(`${this.#url ?? 'http://not-yet'}/health/ready`);
      if (!ok) throw new Error('The ingester is not ready.');
    }, 60_000);
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }
}
