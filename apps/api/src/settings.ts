import {
  databaseSettings,
  httpSettings,
  kafkaSettings,
  saslIsComplete,
  serviceSettings,
} from '#libs/platform';
import { z } from 'zod';

/** The API's variables; docs/operate.md tells them to operators. */
export const apiSettings = z
  .object({ ...serviceSettings, ...httpSettings(8080), ...databaseSettings, ...kafkaSettings })
  .check(saslIsComplete);

export type ApiConfig = z.output<typeof apiSettings>;
