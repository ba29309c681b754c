import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import {
  createLogger,
  Health,
  httpSettings,
  loadConfig,
  serviceSettings,
  startService,
} from '#libs/platform';
import { z } from 'zod';

const settings = z.object({ ...serviceSettings, ...httpSettings(0) });
const config = loadConfig(settings, { NODE_ENV: 'test', HTTP_PORT: '0' });

@Injectable()
class Part {
  trouble: string | null = null;

  constructor(health: Health) {
    health.add('part', () => Promise.resolve(this.trouble));
    health.add('late', () => new Promise((resolve) => setTimeout(resolve, 50, null)));
  }
}

@Module({})
class PartModule {
  static make(): DynamicModule {
    return { module: PartModule, providers: [Part] };
  }
}

describe('a service', () => {
  const lines: Record<string, unknown>[] = [];
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    const logger = pino(
      { level: 'info' },
      { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    );
    app = await startService({ name: 'part', module: () => PartModule.make() }, config, logger);
    url = await app.getUrl();
  });

  afterAll(() => app.close());

  it('answers live, ready and not ready', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    app.get(Part).trouble = 'is tired';
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not-ready',
      checks: { part: 'is tired', late: null },
    });
  });

  it('logs every other request with its id, and counts it by its route', async () => {
    const before = lines.length;
    const response = await fetch(`${url}/nothing?a=1`, { headers: { authorization: 'secret' } });
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/http_request_duration_seconds_count\{.*route="none",status="404"/);
    expect(lines.slice(before)).toEqual([
      expect.objectContaining({
        reqId: response.headers.get('x-request-id'),
        method: 'GET',
        url: '/nothing?a=1',
        status: 404,
        ms: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(url).port);
    const second = startService(
      { name: 'second', module: () => PartModule.make() },
      { ...config, HTTP_PORT: port, LOG_LEVEL: 'silent' },
    );
    await expect(second).rejects.toThrow(
      `HTTP_PORT ${String(port)} of 127.0.0.1 is already in use`,
    );
  });

  it('logs no secret, wherever it stands', () => {
    const logged: string[] = [];
    const logger = createLogger('x', { NODE_ENV: 'production', LOG_LEVEL: 'info' });
    const stream = Object.getOwnPropertySymbols(logger).find(
      (s) => s.description === 'pino.stream',
    );
    Object.defineProperty(logger, stream ?? '', {
      value: { write: (line: string) => logged.push(line) },
    });
    logger.info({ password: 'p1', config: { DATABASE_URL: 'p2', KAFKA_SASL_PASSWORD: 'p3' } }, 'm');
    expect(logged.join('')).toContain('[redacted]');
    expect(logged.join('')).not.toMatch(/p[123]/);
  });
});
