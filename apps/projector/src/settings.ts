import { databaseSettings, httpSettings, integer, serviceSettings } from '#libs/platform';
import { z } from 'zod';

/** Every variable the projector reads. */
export const projectorSettings = z.object({
  ...serviceSettings,
  ...httpSettings(8082),
  DATABASE_URL: databaseSettings.DATABASE_URL,
  PROJECTOR_BATCH_ENTRIES: integer({ min: 1, max: 100_000 })
    .default(2_000)
    .meta({ description: 'Entries projected in one transaction at most.' }),
  PROJECTOR_CACHE_ENTRIES: integer({ min: 0, max: 100_000_000 }).default(200_000).meta({
    description: 'Entries that the folds of busy companies may hold in memory; about 3 KB each.',
  }),
  PROJECTOR_POLL_SECONDS: integer({ min: 1, max: 60 })
    .default(1)
    .meta({ description: 'How often to look for new entries when PostgreSQL does not tell.' }),
});

export type ProjectorConfig = z.output<typeof projectorSettings>;
