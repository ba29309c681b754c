import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { createPool } from '#libs/platform';
import type { Pool, QueryConfig, QueryResultRow } from 'pg';
import type { ApiConfig } from '../settings.ts';

/** What the API reads PostgreSQL through: a role that can do nothing else. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly pool: Pool;

  constructor(config: ApiConfig) {
    this.pool = createPool({
      url: config.DATABASE_URL,
      role: 'deal_ledger_reader',
      applicationName: 'deal-ledger api',
      max: config.DATABASE_POOL_MAX,
      statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1_000,
    });
  }

  /** One prepared statement; `name` must tell its text from every other. */
  async rows<R extends QueryResultRow>(
    query: Required<Pick<QueryConfig, 'name' | 'text' | 'values'>>,
  ): Promise<R[]> {
    const { rows } = await this.pool.query<R>(query);
    return rows;
  }

  /** After the last answer was sent. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
