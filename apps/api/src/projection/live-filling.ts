import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { createPool } from '#libs/platform';
import { holdSchema, PROJECTION_VERSION, readableSchema } from '#libs/read-models';
import { PinoLogger } from 'nestjs-pino';
import type { Notification, Pool, PoolClient } from 'pg';
import { Problem } from '../http/problem.ts';
import type { ApiConfig } from '../settings.ts';

const retryMs = 1_000;
const pollMs = 200;
/** A schema stays held this long after another took its place, for questions under way. */
const graceMs = 60_000;

/** The one filling that questions are asked of, held so that it is not dropped meanwhile. */
interface Session {
  readonly client: PoolClient;
  readonly schema: string;
}

interface Waiter {
  readonly position: number;
  readonly wake: () => void;
}

/**
 * Knows which schema holds this version's read models and how far it is. The old schema is read
 * until the new one has caught up; another version's is never read.
 */
@Injectable()
export class LiveFilling implements OnModuleInit, OnApplicationShutdown {
  readonly #pool: Pool;
  readonly #logger: PinoLogger;
  readonly #waiting = new Set<Waiter>();
  /** Every session that is not closed, and when it will be, if another took its place. */
  readonly #open = new Map<PoolClient, NodeJS.Timeout | null>();
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #isClosed = false;

  constructor(config: ApiConfig, logger: PinoLogger) {
    this.#logger = logger;
    this.#pool = createPool({
      url: config.DATABASE_URL,
      role: 'deal_ledger_reader',
      applicationName: 'deal-ledger api following the projection',
      max: 5,
    });
  }

  /** @throws where PostgreSQL cannot be used: the app does not start. */
  async onModuleInit(): Promise<void> {
    await this.#pool.query('SELECT FROM projection.filling LIMIT 1');
    await this.refresh();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const client of [...this.#open.keys()]) this.#close(client);
    await this.#pool.end();
  }

  /** @throws Problem `projection-not-ready`. */
  async current(): Promise<{ schema: string }> {
    if (this.#session === undefined) await this.refresh();
    if (this.#session !== undefined) return this.#session;
    throw new Problem('projection-not-ready', 'Ask again once the read models have caught up.', {
      retryAfterSeconds: 5,
    });
  }

  get isReady(): boolean {
    return this.#session !== undefined;
  }

  /**
   * Resolves when the filling may have come to a position: once NOTIFY says so, and after a while in
   * any case. Who waits looks again, and decides how long to go on.
   */
  async mayReach(position: number, withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve();
      };
      const waiter = { position, wake };
      const timer = setTimeout(wake, Math.min(withinMs, pollMs));
      this.#waiting.add(waiter);
    });
  }

  /** Looks again which schema to read; one look at a time. */
  refresh(): Promise<void> {
    this.#opening ??= this.#look().finally(() => {
      this.#opening = undefined;
      this.#lookAgainLater();
    });
    return this.#opening;
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return;
    try {
      const schema = await readableSchema(this.#pool, PROJECTION_VERSION);
      if (schema === null || schema === this.#session?.schema) return;
      const client = await this.#pool.connect();
      this.#open.set(client, null);
      if (!(await this.#hold(client, schema).catch(() => false))) {
        this.#close(client);
        return;
      }
      this.#closeLater(this.#session?.client);
      this.#session = { client, schema };
      this.#logger.info({ schema }, 'Questions are asked of this schema');
    } catch (error) {
      this.#logger.warn({ err: error }, 'Could not look which schema to read');
    }
  }

  async #hold(client: PoolClient, schema: string): Promise<boolean> {
    client.on('error', () => {
      this.#lose(client);
    });
    client.on('notification', (notification) => {
      this.#hear(notification);
    });
    await client.query('LISTEN projection_live');
    await client.query('LISTEN projection_advanced');
    return holdSchema(client, schema);
  }

  #hear({ channel, payload = '' }: Notification): void {
    if (channel === 'projection_live') void this.refresh();
    const [schema, position] = payload.split(':');
    if (schema !== this.#session?.schema || position === undefined) return;
    for (const waiter of this.#waiting) {
      if (waiter.position <= Number(position)) waiter.wake();
    }
  }

  /** A broken session loses its hold; the next look opens another. */
  #lose(client: PoolClient): void {
    this.#close(client);
    if (client !== this.#session?.client) return;
    this.#session = undefined;
    void this.refresh();
  }

  #closeLater(client: PoolClient | undefined): void {
    if (client === undefined) return;
    const timer = setTimeout(() => {
      this.#close(client);
    }, graceMs);
    timer.unref();
    this.#open.set(client, timer);
  }

  /** At most once: a broken connection may say so more than once. */
  #close(client: PoolClient): void {
    const timer = this.#open.get(client);
    if (!this.#open.delete(client)) return;
    clearTimeout(timer ?? undefined);
    client.release(true);
  }

  #lookAgainLater(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.refresh(), retryMs);
    this.#timer.unref();
  }
}
