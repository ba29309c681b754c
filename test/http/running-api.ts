import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, startService } from '#libs/platform';
import { createFilling, PROJECTION_VERSION, settleFilling } from '#libs/read-models';
import { Pool } from 'pg';
import { apiService } from '../../apps/api/src/service.ts';
import { apiSettings } from '../../apps/api/src/settings.ts';
import { kafkaBrokers } from '../servers.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed, where it is JSON; else empty. */
  readonly body: AnswerBody;
}

/** What any answer may have. */
export interface AnswerBody {
  readonly meta?: Record<string, unknown>;
  readonly data?: unknown;
  readonly next?: string | null;
  readonly code?: string;
  readonly errors?: readonly Record<string, unknown>[];
}

/** The API as `main.ts` runs it, on a free port, asked over HTTP. */
export class RunningApi {
  readonly #app: NestFastifyApplication;
  readonly url: string;

  private constructor(app: NestFastifyApplication, url: string) {
    this.#app = app;
    this.url = url;
  }

  static async start(environment: {
    DATABASE_URL: string;
    KAFKA_BROKERS?: string;
    KAFKA_TOPICS?: string;
  }): Promise<RunningApi> {
    const config = loadConfig(apiSettings, {
      KAFKA_BROKERS: kafkaBrokers().join(','),
      HTTP_PORT: '0',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      NODE_ENV: 'test',
      ...environment,
    });
    const app = await startService(apiService, config);
    return new RunningApi(app, await app.getUrl());
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return answerOf(await fetch(`${this.url}${path}`, { headers }));
  }

  async post(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    contentType = 'application/cloudevents+json',
  ): Promise<HttpAnswer> {
    const headers = { 'content-type': contentType };
    return answerOf(await fetch(`${this.url}${path}`, { method: 'POST', body, headers }));
  }

  async close(): Promise<void> {
    await this.#app.close();
  }
}

/** Makes a filling of this version that has caught up with an empty ledger; returns its schema. */
export async function createEmptyFilling(url: string): Promise<string> {
  const pool = new Pool({
    connectionString: url,
    options: '-c role=deal_ledger_projector',
    max: 1,
  });
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const filling = await createFilling(client, PROJECTION_VERSION);
    await settleFilling(client, filling);
    await client.query('COMMIT');
    return filling.schema;
  } finally {
    client.release();
    await pool.end();
  }
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = (isJson ? JSON.parse(text) : {}) as AnswerBody;
  return { status: response.status, headers: response.headers, text, body };
}
