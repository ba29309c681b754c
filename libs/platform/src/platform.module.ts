import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { Health, HealthController } from './health.ts';
import { Lifecycle } from './lifecycle.ts';
import { nestLogging } from './logging.ts';
import { Metrics, MetricsController, SERVICE_NAME } from './metrics.ts';

/** Global: an app's providers may ask for Lifecycle, Health, Metrics and PinoLogger. */
@Module({})
export class PlatformModule {
  static with({ service, logger }: { service: string; logger: Logger }): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [LoggerModule.forRoot(nestLogging(logger))],
      controllers: [HealthController, MetricsController],
      providers: [{ provide: SERVICE_NAME, useValue: service }, Lifecycle, Health, Metrics],
      exports: [Lifecycle, Health, Metrics],
    };
  }
}
