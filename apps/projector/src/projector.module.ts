import { Health, Metrics } from '#libs/platform';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { PROJECTOR_CONFIG, Projector } from './projector.ts';
import { ProjectorMetrics } from './projector-metrics.ts';
import type { ProjectorConfig } from './settings.ts';

@Module({})
export class ProjectorModule {
  constructor(projector: Projector, health: Health) {
    health.add('projection', () => Promise.resolve(projector.trouble));
    health.add('companies', () => projector.failedCompanies());
  }

  static with(config: ProjectorConfig): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [
        { provide: PROJECTOR_CONFIG, useValue: config },
        {
          provide: ProjectorMetrics,
          inject: [Metrics],
          useFactory: ({ registry }: Metrics) => new ProjectorMetrics(registry),
        },
        Projector,
      ],
    };
  }
}
