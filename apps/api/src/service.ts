import type { Service } from '#libs/platform';
import { ApiModule } from './api.module.ts';
import { takeRawBodies } from './http/bodies.ts';
import { serveDocuments } from './http/documents.ts';
import { statePosition } from './http/position-header.ts';
import { refuse } from './http/problem-filter.ts';
import type { ApiConfig } from './settings.ts';

/** A batch may hold many events; each may be 1 MiB. */
const bodyLimitBytes = 16 * 1_048_576;

export const apiService: Service<ApiConfig> = {
  name: 'api',
  module: (config) => ApiModule.with(config),
  bodyLimitBytes,
  onRefusal: refuse,
  prepare: (app) => {
    takeRawBodies(app);
    statePosition(app);
    serveDocuments(app);
  },
};
