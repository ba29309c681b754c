import 'reflect-metadata';
import { bootstrap } from '#libs/platform';
import { IngesterModule } from './ingester.module.ts';
import { ingesterSettings } from './settings.ts';

await bootstrap(
  { name: 'ingester', module: (config) => IngesterModule.with(config) },
  ingesterSettings,
);
