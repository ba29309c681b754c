import { bootstrap } from '#libs/platform';
import { ProjectorModule } from './projector.module.ts';
import { projectorSettings } from './settings.ts';

await bootstrap(
  { name: 'projector', module: (config) => ProjectorModule.with(config) },
  projectorSettings,
);
