import { roles } from '#libs/ledger';
import { createKafka, createPool, Health, Lifecycle } from '#libs/platform';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Pool } from 'pg';
import { AppendHere } from './append-here.ts';
import type { Append } from './append-thread.ts';
import { AppendThread } from './append-thread.ts';
import { Assignment } from './assignment.ts';
import { Broker } from './broker.ts';
import { IngestConsumer } from './consume.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import type { IngesterConfig } from './settings.ts';

/** The ingester: Kafka to ledger, with health and metrics beside. */
@Module({})
export class IngesterModule {
  static with(config: IngesterConfig): DynamicModule {
    const database = new Database(config);
    return {
      module: IngesterModule,
      providers: [
        IngestMetrics,
        { provide: Database, useValue: database },
        {
          provide: IngestConsumer,
          inject: [Lifecycle, Health, IngestMetrics, PinoLogger],
          useFactory: (
            lifecycle: Lifecycle,
            health: Health,
            metrics: IngestMetrics,
            { logger }: PinoLogger,
          ) => {
            const kafka = createKafka(config, logger);
            const broker = new Broker(kafka);
            const onRetry = (reason: string): void => {
              metrics.retried();
              logger.warn({ reason }, 'The transaction is tried again');
            };
            return new IngestConsumer({
              kafka,
              groupId: config.KAFKA_GROUP_ID,
              topics: config.KAFKA_TOPICS,
              broker,
              assignment: new Assignment(database.pool, broker),
              append: createAppend(config, database.pool, onRetry),
              metrics,
              lifecycle,
              health,
              logger,
            });
          },
        },
      ],
    };
  }
}

/** The connections that claim partitions; the one that appends is the thread's own. */
class Database implements OnApplicationShutdown {
  readonly pool: Pool;

  constructor(config: IngesterConfig) {
    this.pool = createPool({
      url: config.DATABASE_URL,
      role: roles.writer,
      applicationName: 'deal-ledger-ingester',
      max: 2,
      statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1_000,
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.end();
  }
}

/** Node 20 starts no thread from TypeScript: uncompiled, as in specs, appending is done here. */
function createAppend(
  { DATABASE_URL: url }: IngesterConfig,
  pool: Pool,
  onRetry: (reason: string) => void,
): Append {
  const isCompiled = import.meta.url.endsWith('.js');
  return isCompiled ? new AppendThread({ url, onRetry }) : new AppendHere(pool, onRetry);
}
