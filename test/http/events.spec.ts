import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portionOf, TestLedger } from '../ledger.ts';
import { received, structuredMode } from '../records.ts';
import { createTopics, suffix, testKafka } from '../servers.ts';
import type { TestTopics } from '../servers.ts';
import { createEmptyFilling, RunningApi } from './running-api.ts';

const envelope = (id: string, more: object = {}): object => ({
  specversion: '1.0',
  id,
  source: 'desk',
  type: 'party-described',
  data: { party: 'moonshot-ai', name: 'Moonshot AI', effectiveOn: '2024-02', sources: [] },
  ...more,
});
const batch = 'application/cloudevents-batch+json';

interface Accepted {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

describe('events over HTTP', () => {
  let ledger: TestLedger;
  let topics: TestTopics;
  let api: RunningApi;

  beforeAll(async () => {
    ledger = await TestLedger.create();
    await createEmptyFilling(ledger.database.url);
    topics = await createTopics({ history: 1, 'party-described': 3 });
    api = await RunningApi.start({
      DATABASE_URL: ledger.database.url,
      KAFKA_TOPICS: [topics.name('history'), topics.name('party-described')].join(','),
    });
  });

  afterAll(async () => {
    await api.close();
    await topics.drop();
    await ledger.close();
  });

  /** Everything in a topic, by `partition:offset`. */
  async function recordsOf(topic: string, count: number) {
    const consumer = testKafka().consumer({ groupId: `spec-${suffix()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const records = new Map<string, { key: string; value: string; headers: object }>();
    await new Promise<void>((resolve) => {
      void consumer.run({
        eachMessage: ({ partition, message }) => {
          const { key, value, headers = {}, offset } = message;
          records.set(`${String(partition)}:${offset}`, {
            key: String(key),
            value: String(value),
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, text]) => [name, String(text)]),
            ),
          });
          if (records.size >= count) resolve();
          return Promise.resolve();
        },
      });
    });
    await consumer.disconnect();
    return records;
  }

  it('publishes as sent, and tells where each event came to lie', async () => {
    // The type's own topic has another name here, so the first topic takes it.
    const topic = topics.name('history');
    const odd = `{ "specversion":"1.0", "id":"odd", "source":"desk", "type":"party-described",
      "data":{"party":"zhipu","effectiveOn":"2024","extra":[1.0, 12345678901234567890]} }`;
    const one = await api.post('/v1/events', odd);
    expect(one).toMatchObject({
      status: 202,
      body: { data: { source: 'desk', id: 'odd', topic, partition: 0, offset: '0' } },
    });
    const sent = [envelope('a'), envelope('b'), envelope('c')].map((each) => JSON.stringify(each));
    const many = await api.post('/v1/events', `[${sent.join(', ')}]`, batch);
    expect(many.status).toBe(202);
    const records = await recordsOf(topic, 4);
    expect(records.get('0:0')).toEqual({
      key: 'zhipu',
      value: odd,
      headers: { 'content-type': 'application/cloudevents+json' },
    });
    (many.body.data as Accepted[]).forEach(({ partition, offset }, index) => {
      expect(records.get(`${String(partition)}:${offset}`)).toMatchObject({
        key: 'moonshot-ai',
        value: sent[index],
      });
    });
  });

  it('publishes nothing of a batch with a fault, and points to every fault', async () => {
    const faulty = envelope('f', { data: { party: 'X', effectiveOn: '2024-13' } });
    const { status, body } = await api.post(
      '/v1/events',
      JSON.stringify([envelope('good'), faulty, 7]),
      batch,
    );
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid-event' });
    expect(body.errors).toEqual([
      expect.objectContaining({ code: 'schema-violation', pointer: '/1/data/party' }),
      expect.objectContaining({ code: 'schema-violation', pointer: '/1/data/effectiveOn' }),
      expect.objectContaining({ code: 'no-envelope', pointer: expect.stringMatching(/^\/2/) }),
    ]);
    const fate = await api.get('/v1/events?source=desk&id=good');
    expect(fate.body.data).toEqual([expect.objectContaining({ fate: 'not-yet-read' })]);
  });

  it('validates without publishing, and always answers', async () => {
    const good = await api.post('/v1/events/validate', JSON.stringify(envelope('v')));
    expect(good).toMatchObject({
      status: 200,
      body: {
        data: {
          valid: true,
          id: 'v',
          effectiveOn: '2024-02-01',
          faults: [],
        },
      },
    });
    const two = await api.post(
      '/v1/events/validate',
      JSON.stringify([envelope('v'), envelope('w', { type: 'deal-dreamt' })]),
      batch,
    );
    expect(two.body.data).toMatchObject([
      { valid: true },
      { valid: false, source: 'desk', id: 'w', reason: 'unknown-type' },
    ]);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, string, string]>([
    ['a syntax error', '{', 'application/json', '400 body-not-json'],
    ['nothing', '', 'application/json', '400 body-not-json'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json', '400 body-not-json'],
    ['a form', 'x=1', 'application/x-www-form-urlencoded', '415 unsupported-media-type'],
    ['text', 'hello', 'text/plain', '415 unsupported-media-type'],
    ['1,001 events', `[${'1,'.repeat(1_000)}1]`, batch, '413 batch-too-large'],
    ['1 MiB', `"${'a'.repeat(1_048_577)}"`, 'application/json', '400 invalid-event'],
    ['17 MiB', `"${'a'.repeat(17 * 1_048_576)}"`, 'application/json', '413 body-too-large'],
    ['null', 'null', 'application/json', '400 invalid-event'],
    ['__proto__', '{"__proto__":{"specversion":"1.0"}}', 'application/json', '400 invalid-event'],
    ['U+0000', '"\\u0000"', 'application/json', '400 invalid-event'],
    ['depth', `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`, batch, '400 invalid-event'],
  ])('refuses a body of %s', async (_name, body, mediaType, expected) => {
    const answer = await api.post('/v1/events', body, mediaType);
    expect(`${String(answer.status)} ${String(answer.body.code)}`).toBe(expected);
  });

  it('tells the fate of an event by its identity and by its coordinates', async () => {
    const topic = `fates-${suffix()}`;
    const partition = await ledger.claim(topic, 3);
    const good = received(0, structuredMode({ id: 'f-1' }));
    const again = received(1, structuredMode({ id: 'f-1' }));
    const other = received(
      2,
      structuredMode({ id: 'f-1', data: { party: 'b', effectiveOn: '2024' } }),
    );
    const garbage = received(3, { value: 'garbage' });
    await ledger
      .appender()
      .append([portionOf(partition, [good, again, other, garbage], { next: 6 })]);

    const at = async (offset: number) =>
      (await api.get(`/v1/events?topic=${topic}&partition=3&offset=${String(offset)}`)).body.data;
    expect(await at(0)).toMatchObject([{ fate: 'recorded', position: 1, topic, partition: 3 }]);
    expect(await at(1)).toMatchObject([{ fate: 'duplicate', position: 1, offset: '1' }]);
    expect(await at(2)).toMatchObject([{ fate: 'quarantined', reason: 'conflicting-duplicate' }]);
    expect(await at(3)).toMatchObject([
      { fate: 'quarantined', reason: 'not-json', faults: [{ code: 'not-json' }] },
    ]);
    expect(await at(4)).toMatchObject([{ fate: 'no-record', position: null }]);
    expect(await at(6)).toMatchObject([{ fate: 'not-yet-read' }]);

    const { body } = await api.get('/v1/events?source=test-desk&id=f-1');
    expect(body.data).toMatchObject([
      { fate: 'recorded', offset: '0' },
      { fate: 'quarantined', reason: 'conflicting-duplicate', offset: '2' },
    ]);
    const nobody = await api.get('/v1/events?topic=unheard&partition=0&offset=0');
    expect(nobody.body.data).toMatchObject([{ fate: 'not-yet-read', topic: 'unheard' }]);
    expect((await api.get('/v1/events')).status).toBe(400);
  });

  it('answers 503 and when to come back where no broker is', async () => {
    const lonely = await RunningApi.start({
      DATABASE_URL: ledger.database.url,
      KAFKA_BROKERS: '127.0.0.1:1',
    });
    const { status, body, headers, text } = await lonely.post(
      '/v1/events',
      JSON.stringify(envelope('x')),
    );
    await lonely.close();
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'kafka-unavailable' });
    expect(headers.get('retry-after')).toBe('5');
    expect(text).not.toContain('127.0.0.1');
  });
});
