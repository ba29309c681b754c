import { z } from 'zod';
import { integer } from './config.ts';

/** What every app reads. Fields are named like the variables; docs/operate.md lists them all. */
export const serviceSettings = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'], {
      error: 'development, test or production is expected',
    })
    .default('development')
    .meta({ description: 'In `production` logs are JSON lines, whatever the terminal.' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'fatal, error, warn, info, debug, trace or silent is expected',
    })
    .default('info')
    .meta({ description: 'The least severe line that is logged.' }),
};

/** Where an app answers HTTP: its questions, or only health and metrics. */
export function httpSettings(defaultPort: number) {
  return {
    HTTP_HOST: z
      .string()
      .default('127.0.0.1')
      .meta({ description: 'The address to listen on; `0.0.0.0` for all.' }),
    HTTP_PORT: integer({ min: 0, max: 65_535 })
      .default(defaultPort)
      .meta({ description: 'The port to listen on; `0` takes a free one.' }),
    SHUTDOWN_TIMEOUT_SECONDS: integer({ min: 1, max: 600 })
      .default(20)
      .meta({ description: 'How long work in progress may take after SIGTERM or SIGINT.' }),
  };
}

/** The parts of a configuration that `bootstrap` itself needs. */
export interface ServiceConfig {
  readonly NODE_ENV: 'development' | 'test' | 'production';
  readonly LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly HTTP_HOST: string;
  readonly HTTP_PORT: number;
  readonly SHUTDOWN_TIMEOUT_SECONDS: number;
}
