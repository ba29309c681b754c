import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problems } from '../../apps/api/src/http/problem.ts';
import { TestLedger } from '../ledger.ts';
import { RunningApi } from './running-api.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: unknown;
}

interface Operation {
  readonly parameters?: Parameter[];
  readonly requestBody?: { readonly content: Record<string, unknown> };
  readonly responses: object;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

describe('the documents', () => {
  let ledger: TestLedger;
  let api: RunningApi;
  let document: OpenApi;

  beforeAll(async () => {
    ledger = await TestLedger.create();
    api = await RunningApi.start({ DATABASE_URL: ledger.database.url });
    document = (await api.get('/openapi.json')).body as unknown as OpenApi;
  });

  afterAll(async () => {
    await api.close();
    await ledger.close();
  });

  it('describe every route in OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /v1/companies',
      'GET /v1/companies/{company}',
      'GET /v1/companies/{company}/cap-table',
      'GET /v1/events',
      'GET /v1/investors',
      'GET /v1/investors/{investor}',
      'GET /v1/investors/{investor}/portfolio',
      'GET /v1/ledger/entries',
      'GET /v1/ledger/entries/{position}',
      'GET /v1/projection',
      'POST /v1/events',
      'POST /v1/events/validate',
    ]);
  });

  it('describe the parameters and answers by the schemas that parse and fill them', () => {
    const { parameters = [], responses } =
      document.paths['/v1/companies/{company}/cap-table']?.['get'] ?? {};
    expect(parameters.map(({ name, in: place }) => `${place} ${name}`).sort()).toEqual([
      'path company',
      'query asOf',
      'query knownAt',
      'query minPosition',
      'query publishedBy',
    ]);
    expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'company',
    ]);
    expect(JSON.stringify(parameters)).toContain('^[a-z0-9][a-z0-9-]{0,79}$');
    const text = JSON.stringify(responses);
    for (const word of ['ownershipAtMost', 'projectionVersion', 'application/problem+json']) {
      expect(text).toContain(word);
    }
  });

  it('describe events as CloudEvents', () => {
    const { requestBody } = document.paths['/v1/events']?.['post'] ?? {};
    expect(Object.keys(requestBody?.content ?? {})).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
    ]);
    expect(JSON.stringify(requestBody)).toContain('"specversion"');
  });

  it('are read on a page that loads nothing from another origin', async () => {
    const page = await api.get('/docs');
    const style = await api.get('/docs/swagger-ui.css');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to ?? '');
    for (const to of loaded) expect(to).toMatch(/^docs\/|^data:,$/);
    for (const to of loaded.filter((link) => link.startsWith('docs/'))) {
      expect((await api.get(`/${to}`)).status).toBe(200);
    }
    expect(style.text).not.toMatch(/@import|url\(\s*["']?https?:/);
    expect((await api.get('/docs/show.js')).text).toContain('validatorUrl: null');
  });

  it('tell every problem code', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const wrong = Object.entries(problems).filter(
      ([code, { status }]) => !new RegExp(`\\| \`${code}\` +\\| +${String(status)} \\|`).test(page),
    );
    expect(wrong).toEqual([]);
  });

  it('are there before the read models are; questions are answered 503', async () => {
    const { status, body, headers } = await api.get('/v1/companies');
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'projection-not-ready' });
    expect(headers.get('retry-after')).toBe('5');
    expect((await api.get('/health/ready')).status).toBe(503);
    expect((await api.get('/health/live')).status).toBe(200);
    expect((await api.get('/v1/ledger/entries')).body).toMatchObject({ data: [], next: null });
    expect((await api.get('/v1/projection')).body.data).toEqual({ live: null, building: null });
  });
});
