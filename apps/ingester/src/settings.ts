import {
  databaseSettings,
  httpSettings,
  kafkaSettings,
  saslIsComplete,
  serviceSettings,
} from '#libs/platform';
import { z } from 'zod';

/** The ingester's variables; docs/operate.md tells them to operators. */
export const ingesterSettings = z
  .object({
    ...serviceSettings,
    ...httpSettings(8081),
    ...databaseSettings,
    ...kafkaSettings,
    KAFKA_GROUP_ID: z
      .string()
      .min(1, 'a name is expected')
      .max(200)
      .default('deal-ledger-ingester')
      .meta({ description: 'The consumer group that shares the partitions among ingesters.' }),
  })
  .check(saslIsComplete);

export type IngesterConfig = z.output<typeof ingesterSettings>;
