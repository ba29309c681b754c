import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import type { DynamicModule, NestApplicationOptions } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { ConfigurationError, loadConfig } from './config.ts';
import { createAdapter, watchRequests } from './http-server.ts';
import type { Refusal } from './http-server.ts';
import { Lifecycle } from './lifecycle.ts';
import { createLogger } from './logging.ts';
import { PlatformModule } from './platform.module.ts';
import type { ServiceConfig } from './settings.ts';

/** Exit codes, as docs/operate.md tells them; 78 is EX_CONFIG of sysexits.h. */
export const exitCodes = { stopped: 0, broken: 1, misconfigured: 78 } as const;

/** What makes an app: its name, its variables, its module, and its HTTP beyond the defaults. */
export interface Service<C extends ServiceConfig> {
  readonly name: string;
  readonly module: (config: C) => DynamicModule;
  /** The largest request body; 1 MiB unless told. */
  readonly bodyLimitBytes?: number;
  /** Answers what Fastify refuses before any route, such as a path that is no percent-encoding. */
  readonly onRefusal?: Refusal;
  /** Pipes, filters, hooks and documents, before the app listens. */
  readonly prepare?: (app: NestFastifyApplication, config: C) => void | Promise<void>;
}

/**
 * Runs an app until it is told to stop: loads its configuration, listens, and on SIGTERM or
 * SIGINT closes within SHUTDOWN_TIMEOUT_SECONDS. The last line of every app's main.ts.
 */
export async function bootstrap<S extends z.ZodObject>(
  service: Service<z.output<S> & ServiceConfig>,
  settings: S,
): Promise<void> {
  let logger: Logger | undefined;
  try {
    const config = loadConfig(settings) as z.output<S> & ServiceConfig;
    logger = createLogger(service.name, config);
    const app = await startService(service, config, logger);
    closeOnSignal(app, config.SHUTDOWN_TIMEOUT_SECONDS, logger);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      process.stderr.write(`${service.name}: ${error.message}\n`);
      process.exit(exitCodes.misconfigured);
    }
    if (logger === undefined) process.stderr.write(`${service.name}: ${String(error)}\n`);
    logger?.fatal({ err: error }, `${service.name} could not start`);
    process.exit(exitCodes.broken);
  }
}

/** Starts an app in this process and listens; for `bootstrap`, and for specs that close it. */
export async function startService<C extends ServiceConfig>(
  service: Service<C>,
  config: C,
  logger: Logger = createLogger(service.name, config),
): Promise<NestFastifyApplication> {
  const root: DynamicModule = {
    module: Root,
    imports: [PlatformModule.with({ service: service.name, logger }), service.module(config)],
  };
  // Nest declares its options as a class, and takes literals everywhere.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const options: NestApplicationOptions = {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false, // Health and metrics need none; the API reads bodies its own way.
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    createAdapter(service.bodyLimitBytes ?? 1_048_576, service.onRefusal),
    options,
  );
  app.useLogger(app.get(NestLogger));
  try {
    watchRequests(app, logger);
    await service.prepare?.(app, config);
    await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw explain(error, config);
  }
  logger.info({ url: await app.getUrl() }, `${service.name} listens`);
  return app;
}

@Module({})
class Root {}

function closeOnSignal(app: NestFastifyApplication, seconds: number, logger: Logger): void {
  const lifecycle = app.get(Lifecycle);
  const close = (code: number): void => {
    if (lifecycle.isStopping) return;
    lifecycle.stop();
    setTimeout(() => {
      logger.fatal(`Work in progress did not end within ${seconds} s`);
      process.exit(exitCodes.broken);
    }, seconds * 1_000).unref();
    app.close().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.fatal({ err: error }, 'Could not close cleanly');
        process.exit(exitCodes.broken);
      },
    );
  };
  const fail = (error: unknown): void => {
    logger.fatal({ err: error }, 'The machinery is broken');
    process.exitCode = exitCodes.broken;
    close(exitCodes.broken);
  };
  lifecycle.whenFailing(fail);
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      logger.info({ signal }, 'Stopping');
      close(exitCodes.stopped);
    });
  }
}

/** What commonly keeps a service from starting, in words that say what to do. */
function explain(error: unknown, config: ServiceConfig): unknown {
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    const place = `HTTP_PORT ${config.HTTP_PORT} of ${config.HTTP_HOST}`;
    return new Error(`${place} is already in use by another process`);
  }
  const lacksSchema =
    code === '42P01' || code === '3F000' || /^role ".*" does not exist/.test(message);
  if (lacksSchema)
    return new Error('The database is not migrated: run `migrate`', { cause: error });
  return error;
}
