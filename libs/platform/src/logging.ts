import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { ServiceConfig } from './settings.ts';

/** Where a secret could stand in a logged object; its value is replaced before it is written. */
const secrets = [
  'authorization',
  'cookie',
  'password',
  'DATABASE_URL',
  'KAFKA_SASL_PASSWORD',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON lines, on stdout unless told; readable text where a person watches a terminal in development. */
export function createLogger(
  service: string,
  config: Pick<ServiceConfig, 'NODE_ENV' | 'LOG_LEVEL'>,
  stream: NodeJS.WriteStream = process.stdout,
): Logger {
  const options = {
    level: config.LOG_LEVEL,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[redacted]' },
  };
  const isWatched = config.NODE_ENV !== 'production' && stream.isTTY;
  const fd = stream === process.stderr ? 2 : 1;
  return isWatched
    ? pino(options, PinoPretty({ sync: true, destination: fd, ignore: 'pid,hostname' }))
    : pino(options, pino.destination({ fd, sync: true }));
}

/** One line a request, with its id; none for probes and scrapes. Never a header or a body. */
export function requestLogging(logger: Logger): Params {
  return {
    pinoHttp: {
      logger,
      quietReqLogger: true,
      autoLogging: { ignore: ({ url }) => /^\/(health\/|metrics)/.test(url ?? '') },
      customLogLevel: (_request, { statusCode }, error) =>
        error !== undefined || statusCode >= 500 ? 'error' : 'info',
      serializers: {
        req: ({ id, method, url }: IncomingMessage & { id: unknown }) => ({ id, method, url }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
    },
  };
}
