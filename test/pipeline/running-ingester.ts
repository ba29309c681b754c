import { setTimeout as sleep } from 'node:timers/promises';
import { Health, Lifecycle, startService } from '#libs/platform';
import { IngesterModule } from '../../apps/ingester/src/ingester.module.ts';
import { ingesterSettings } from '../../apps/ingester/src/settings.ts';
import { kafkaBrokers, suffix } from '../servers.ts';

/** An ingester in this process: the whole app, but for the thread and the end of the process. */
export interface RunningIngester {
  /** Resolves once it reads its partitions. */
  ready(): Promise<void>;
  /** What ended it; pending for as long as nothing did. */
  readonly failure: Promise<unknown>;
  close(): Promise<void>;
}

export interface IngesterOptions {
  readonly url: string;
  readonly topics: readonly string[];
  readonly groupId?: string;
}

export async function startIngester(options: IngesterOptions): Promise<RunningIngester> {
  const config = ingesterSettings.parse({
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    HTTP_PORT: '0',
    DATABASE_URL: options.url,
    KAFKA_BROKERS: kafkaBrokers().join(','),
    KAFKA_TOPICS: options.topics.join(','),
    KAFKA_GROUP_ID: options.groupId ?? `group-${suffix()}`,
  });
  const service = { name: 'ingester', module: () => IngesterModule.with(config) };
  const app = await startService(service, config);
  const lifecycle = app.get(Lifecycle);
  const failure = new Promise((resolve) => {
    lifecycle.whenFailing(resolve);
  });
  const health = app.get(Health);
  return {
    failure,
    ready: () =>
      eventually(async () => {
        const { status, checks } = await health.readiness();
        if (status !== 'ready') throw new Error(`The ingester ${String(checks['ingest'])}.`);
      }),
    close: () => app.close(),
  };
}

/** Runs `check` again and again until it throws no more; its last error after `ms`. */
export async function eventually(check: () => Promise<void>, ms = 20_000): Promise<void> {
  const giveUpAt = performance.now() + ms;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await sleep(50);
    }
  }
}
