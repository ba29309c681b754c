import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, startService } from '#libs/platform';
import { ProjectorModule } from '../../apps/projector/src/projector.module.ts';
import { projectorSettings } from '../../apps/projector/src/settings.ts';
import { eventually, startIngester } from '../pipeline/running-ingester.ts';
import type { RunningIngester } from '../pipeline/running-ingester.ts';
import { createMigratedDatabase, createTopics } from '../servers.ts';
import type { TestDatabase, TestTopics } from '../servers.ts';
import { RunningApi } from './running-api.ts';

const said = (id: string, type: string, data: object): object => ({
  specversion: '1.0',
  id,
  source: 'desk',
  type,
  time: '2024-05-01T00:00:00Z',
  data,
});

const issuance = (transactionId: string, holder: string, shares: string): object =>
  said(transactionId, 'stake-changed', {
    transactionId,
    company: 'acme',
    holder,
    effectiveOn: '2024-01-01',
    kind: 'issuance',
    stockClass: 'common',
    shares,
    sources: [],
  });

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** All programs in this process, between them a real broker and a real database. */
describe('an event that is published over HTTP', () => {
  let database: TestDatabase;
  let topics: TestTopics;
  let ingester: RunningIngester;
  let projector: NestFastifyApplication;
  let api: RunningApi;

  beforeAll(async () => {
    database = await createMigratedDatabase();
    topics = await createTopics({ history: 1, 'stake-changed': 3 });
    const names = [topics.name('history'), topics.name('stake-changed')];
    ingester = await startIngester({ url: database.url, topics: names });
    const config = loadConfig(projectorSettings, {
      DATABASE_URL: database.url,
      HTTP_PORT: '0',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
    });
    projector = await startService(
      { name: 'projector', module: () => ProjectorModule.with(config) },
      config,
    );
    api = await RunningApi.start({ DATABASE_URL: database.url, KAFKA_TOPICS: names.join(',') });
    await ingester.ready();
  });

  afterAll(async () => {
    await api.close();
    await projector.close();
    await ingester.close();
    await topics.drop();
    await database.drop();
  });

  it('is recorded, told its fate, and read by who asks for its position', async () => {
    const batch = JSON.stringify([issuance('i-1', 'ann', '600'), issuance('i-2', 'bo', '400')]);
    const { status, body } = await api.post(
      '/v1/events',
      batch,
      'application/cloudevents-batch+json',
    );
    expect(status).toBe(202);
    const query = placeOf((body.data as Place[])[1]);
    let position = 0;
    await eventually(async () => {
      const { data } = (await api.get(`/v1/events?${query}`)).body;
      expect(data).toMatchObject([{ fate: 'recorded' }]);
      position = (data as { position: number }[])[0]?.position ?? 0;
    });
    // Who asks too early for the projector is told to come again (503), and does.
    await eventually(async () => {
      const { body: table, headers } = await api.get(
        `/v1/companies/acme/cap-table?asOf=2024-02-01&minPosition=${String(position)}`,
      );
      expect(Number(headers.get('x-ledger-position'))).toBeGreaterThanOrEqual(position);
      expect(table.data).toMatchObject({
        register: 'recorded',
        totalOutstanding: '1000',
        lines: [
          { holder: 'ann', units: '600', ownership: '0.600000' },
          { holder: 'bo', units: '400', ownership: '0.400000' },
        ],
      });
    });
  });

  it('is a duplicate the second time, and in conflict if it says something else', async () => {
    const again = await api.post('/v1/events', JSON.stringify(issuance('i-1', 'ann', '600')));
    const other = await api.post('/v1/events', JSON.stringify(issuance('i-1', 'ann', '601')));
    const fateOf = async (answer: typeof again) => {
      const query = placeOf(answer.body.data as Place);
      return (await api.get(`/v1/events?${query}`)).body.data;
    };
    await eventually(async () => {
      expect(await fateOf(again)).toMatchObject([{ fate: 'duplicate' }]);
      expect(await fateOf(other)).toMatchObject([
        { fate: 'quarantined', reason: 'conflicting-duplicate' },
      ]);
    });
  });
});

function placeOf(place: Place | undefined): string {
  const { topic = '', partition = 0, offset = '' } = place ?? {};
  return new URLSearchParams({ topic, partition: String(partition), offset }).toString();
}
