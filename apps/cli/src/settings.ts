import { databaseSettings, kafkaSettings, saslIsComplete, serviceSettings } from '#libs/platform';
import { z } from 'zod';

const { DATABASE_URL } = databaseSettings;
/** A command tells its story itself; what it logs, on stderr, is what it did not expect. */
const quiet = {
  ...serviceSettings,
  LOG_LEVEL: serviceSettings.LOG_LEVEL.unwrap().default('warn'),
};

/** `publish`; DATABASE_URL only to wait until the events are recorded. */
export const publishSettings = z
  .object({ ...quiet, ...kafkaSettings, DATABASE_URL: DATABASE_URL.optional() })
  .check(saslIsComplete);
export type PublishConfig = z.output<typeof publishSettings>;

/** `migrate` */
export const migrateSettings = z.object({ ...quiet, DATABASE_URL });
