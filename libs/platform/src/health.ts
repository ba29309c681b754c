import { Controller, Get, Injectable, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Lifecycle } from './lifecycle.ts';

/** Resolves to null where all is well, else to what is not, in words fit for anybody to read. */
export type Probe = () => Promise<string | null>;

export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  /** By name of the probe: null, or what is not well. */
  readonly checks: Readonly<Record<string, string | null>>;
}

const probeTimeoutMs = 2_000;

/** What an app needs in order to serve. Apps add probes as they start. */
@Injectable()
export class Health {
  readonly #lifecycle: Lifecycle;
  readonly #logger: PinoLogger;
  readonly #probes = new Map<string, Probe>();

  constructor(lifecycle: Lifecycle, logger: PinoLogger) {
    this.#lifecycle = lifecycle;
    this.#logger = logger;
  }

  add(name: string, probe: Probe): void {
    this.#probes.set(name, probe);
  }

  /** Runs all probes at once. A probe that throws or takes over 2 s is not well. */
  async readiness(): Promise<Readiness> {
    const results = await Promise.all(
      [...this.#probes].map(async ([name, probe]) => [name, await this.#run(name, probe)] as const),
    );
    const checks = Object.fromEntries([
      ...(this.#lifecycle.isStopping ? [['lifecycle', 'is stopping']] : []),
      ...results,
    ]) as Record<string, string | null>;
    const isReady = Object.values(checks).every((reason) => reason === null);
    return { status: isReady ? 'ready' : 'not-ready', checks };
  }

  async #run(name: string, probe: Probe): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, probeTimeoutMs, `no answer within ${probeTimeoutMs} ms`);
    });
    try {
      return await Promise.race([probe(), late]);
    } catch (error) {
      this.#logger.warn({ err: error, probe: name }, 'A readiness probe failed');
      return 'failed';
    } finally {
      clearTimeout(timer);
    }
  }
}

@Controller('health')
export class HealthController {
  readonly #health: Health;

  constructor(health: Health) {
    this.#health = health;
  }

  /** The process runs and its event loop turns. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Everything the app needs answers; 503 otherwise. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.#health.readiness();
    void reply.status(readiness.status === 'ready' ? 200 : 503);
    return readiness;
  }
}
