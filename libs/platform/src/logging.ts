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

/** Nest's own lines through pino, and in a request its id on every line that is logged. */
export function nestLogging(logger: Logger): Params {
  // `http-server.ts` logs the requests: with their route, and those that no route answered too.
  return { pinoHttp: { logger, quietReqLogger: true, autoLogging: false } };
}
