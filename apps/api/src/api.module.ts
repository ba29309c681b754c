import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { Health } from '#libs/platform';
import { PinoLogger } from 'nestjs-pino';
import { CapTableController } from './cap-table/cap-table.controller.ts';
import { CompaniesController } from './companies/companies.controller.ts';
import { EventsController } from './events/events.controller.ts';
import { Fates } from './events/fate.ts';
import { Publisher } from './events/publisher.ts';
import { Database } from './http/database.ts';
import { MetaInterceptor } from './http/meta.interceptor.ts';
import { LastPosition } from './http/position-header.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { Questions } from './http/questions.ts';
import { SchemaPipe } from './http/schema.pipe.ts';
import { InvestorsController } from './investors/investors.controller.ts';
import { EntriesController } from './ledger/entries.controller.ts';
import { Entries } from './ledger/entries.ts';
import { LedgerHead } from './ledger/ledger-head.ts';
import { PortfolioController } from './portfolio/portfolio.controller.ts';
import { LiveFilling } from './projection/live-filling.ts';
import { ProjectionController } from './projection/projection.controller.ts';
import { ProjectionStatus } from './projection/projection.ts';
import type { ApiConfig } from './settings.ts';

/** Everything that answers. Nothing here writes but to Kafka. */
@Module({})
export class ApiModule {
  readonly #health: Health;
  readonly #database: Database;
  readonly #filling: LiveFilling;

  constructor(health: Health, database: Database, filling: LiveFilling) {
    this.#health = health;
    this.#database = database;
    this.#filling = filling;
  }

  static with(config: ApiConfig): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        CompaniesController,
        CapTableController,
        InvestorsController,
        PortfolioController,
        EntriesController,
        EventsController,
        ProjectionController,
      ],
      providers: [
        { provide: Database, useFactory: () => new Database(config) },
        {
          provide: LiveFilling,
          inject: [PinoLogger],
          useFactory: (logger: PinoLogger) => new LiveFilling(config, logger),
        },
        {
          provide: Publisher,
          inject: [PinoLogger],
          useFactory: (logger: PinoLogger) => new Publisher(config, logger),
        },
        Questions,
        LedgerHead,
        Entries,
        Fates,
        ProjectionStatus,
        LastPosition,
        { provide: APP_PIPE, useClass: SchemaPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: MetaInterceptor },
      ],
    };
  }

  /** Ready: PostgreSQL answers and this version's read models have caught up once. */
  onModuleInit(): void {
    this.#health.add('postgresql', async () => {
      await this.#database.pool.query('SELECT 1');
      return null;
    });
    this.#health.add('projection', () =>
      Promise.resolve(this.#filling.isReady ? null : 'no filling of this version can be read yet'),
    );
  }
}
