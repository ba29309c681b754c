import { createPool, Lifecycle } from '#libs/platform';
import { failedCompanies, PROJECTION_VERSION, queryOf } from '#libs/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Pool } from 'pg';
import { Projection } from './project.ts';
import { ProjectorMetrics } from './projector-metrics.ts';
import type { ProjectorConfig } from './settings.ts';

/** Injection token of the configuration. */
export const PROJECTOR_CONFIG = Symbol('projector configuration');

/** One connection a filling (two while one is rebuilt), one to listen, and some to look around. */
const CONNECTIONS = 8;

/** Follows the ledger for as long as the app runs. */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #pool: Pool;
  readonly #projection: Projection;
  readonly #lifecycle: Lifecycle;
  #trouble: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(PROJECTOR_CONFIG) config: ProjectorConfig,
    lifecycle: Lifecycle,
    logger: PinoLogger,
    metrics: ProjectorMetrics,
  ) {
    this.#lifecycle = lifecycle;
    this.#pool = createPool({
      url: config.DATABASE_URL,
      role: 'deal_ledger_projector',
      applicationName: 'deal-ledger projector',
      max: CONNECTIONS,
    });
    this.#projection = new Projection(this.#pool, {
      version: PROJECTION_VERSION,
      entriesMax: config.PROJECTOR_BATCH_ENTRIES,
      cachedEntriesMax: config.PROJECTOR_CACHE_ENTRIES,
      pollMs: config.PROJECTOR_POLL_SECONDS * 1_000,
      onAdvance: (schema, advance, seconds) => {
        this.#trouble = null;
        metrics.advanced(schema, advance, seconds);
        logger.debug({ schema, ...advance, seconds }, 'Projected');
      },
      onTrouble: (error) => {
        this.#trouble = 'the last batch failed and is tried again';
        metrics.troubled();
        logger.warn({ err: error }, 'A batch failed and is tried again');
      },
      onDropped: (schema) => {
        logger.info({ schema }, 'Dropped rows that nobody reads');
      },
    });
  }

  /** Null: all is well, or tried again for the first time. */
  get trouble(): string | null {
    return this.#trouble;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#projection.run().catch((error: unknown) => {
      this.#lifecycle.fail(error);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#projection.stop();
    await this.#running;
    await this.#pool.end();
  }

  /** How many companies cannot be answered for; null: none. */
  async failedCompanies(): Promise<string | null> {
    let count = 0;
    for (const [schema, position] of this.#projection.positions) {
      if (position === null) continue;
      const query = queryOf(failedCompanies, schema, { atPosition: position });
      count += (await this.#pool.query(query)).rows.length;
    }
    return count === 0 ? null : `the fold of ${count} companies failed`;
  }
}
