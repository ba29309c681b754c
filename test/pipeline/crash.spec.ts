import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from 'kafkajs';
import kafkajs from 'kafkajs';
import { TestLedger } from '../ledger.ts';
import { binaryMode, describedParty } from '../records.ts';
import type { TestTopics } from '../servers.ts';
import { createTopics, testKafka } from '../servers.ts';
import { IngesterProcess } from './ingester-process.ts';
import { reconcile } from './reconcile.ts';
import { eventually } from './running-ingester.ts';

const EVENTS = 50_000;
const KILLS = 6;

/** mulberry32: the same numbers again from the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('an ingester killed under load', () => {
  let ledger: TestLedger;
  let topics: TestTopics;
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = randomFrom(seed);
  let names: string[];

  beforeAll(async () => {
    ledger = await TestLedger.create();
    topics = await createTopics({ one: 3, two: 1 });
    names = ['one', 'two'].map((topic) => topics.name(topic));
  });

  afterAll(async () => {
    await topics.drop();
    await ledger.close();
  });

  /** One in 20 said before, one in 50 said otherwise before, one in 50 garbage. */
  const event = (n: number): Message => {
    const draw = random();
    const id = `event-${draw < 0.07 ? Math.floor(random() * n) : n}`;
    if (draw > 0.98) return { key: id, value: `garbage ${n}` };
    const data = describedParty('a-co', draw < 0.02 ? `Company ${n}` : 'Company');
    return binaryMode({ id, data, time: '2024-02-19T08:00:00Z' });
  };

  const publish = async (count: number) => {
    const producer = testKafka().producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    for (let n = 0; n < count; n += 500) {
      const messages = Array.from({ length: 500 }, (_, i) => event(n + i));
      await producer.send({ topic: names[n % 4 === 0 ? 0 : 1] ?? '', messages });
      await sleep(50);
    }
    await producer.disconnect();
  };

  const begin = () => new IngesterProcess({ url: ledger.database.url, topics: names });

  it(`stores every one of ${EVENTS} records exactly once (SEED=${seed})`, async () => {
    const publishing = publish(EVENTS);
    for (let kills = 0; kills < KILLS; kills++) {
      const victim = begin();
      await victim.ready();
      await sleep(random() * 1_500);
      await victim.kill('SIGKILL');
    }
    const survivor = begin();
    await publishing;
    await eventually(async () => {
      const { read } = await storedSoFar();
      expect(read).toBe(EVENTS);
    }, 120_000);
    const found = await reconcile(ledger, names);
    expect(found.read).toBe(EVENTS);
    expect(found.duplicates).toBeGreaterThan(0);
    expect(found.quarantined).toBeGreaterThan(0);
    const { code, log } = await survivor.kill('SIGTERM');
    expect({ code, log }).toMatchObject({ code: 0 });
  }, 300_000);

  it('stores all it has read before it stops on SIGTERM, under load', async () => {
    const publishing = publish(EVENTS / 5);
    for (let stops = 0; stops < 2; stops++) {
      const stopped = begin();
      await stopped.ready();
      await sleep(random() * 1_000);
      const { code, log } = await stopped.kill('SIGTERM');
      expect({ code, log }).toMatchObject({ code: 0 });
    }
    const last = begin();
    await publishing;
    await eventually(async () => {
      const { read } = await storedSoFar();
      expect(read).toBe(EVENTS + EVENTS / 5);
    }, 120_000);
    await last.kill('SIGTERM');
    await reconcile(ledger, names);
  }, 200_000);

  it('drains by itself while its connections are cut again and again', async () => {
    const steadfast = begin();
    await steadfast.ready();
    const before = await storedSoFar();
    const publishing = publish(EVENTS / 10);
    for (let cuts = 0; cuts < 10; cuts++) {
      await sleep(random() * 400);
      await ledger.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'deal-ledger-ingester%'`);
    }
    await publishing;
    await eventually(async () => {
      const { read } = await storedSoFar();
      expect(read).toBe(before.read + EVENTS / 10);
    }, 60_000);
    expect(await steadfast.kill('SIGTERM')).toMatchObject({ code: 0 });
    await reconcile(ledger, names);
  }, 120_000);

  it('ends with a code that is not 0, and says why, when something breaks', async () => {
    const broken = begin();
    await broken.ready();
    await ledger.rows('ALTER TABLE ledger.entry RENAME TO elsewhere');
    const producer = testKafka().producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    await producer.send({ topic: names[0] ?? '', messages: [binaryMode({ id: 'breaks' })] });
    await producer.disconnect();
    const { code, log } = await broken.ended;
    await ledger.rows('ALTER TABLE ledger.elsewhere RENAME TO entry');
    expect(code).toBe(1);
    expect(log).toContain('ledger.entry\\" does not exist');
  }, 60_000);

  const storedSoFar = async () => {
    const [row] = await ledger.rows(`SELECT ((SELECT count(*) FROM ledger.entry)
      + (SELECT count(*) FROM ledger.duplicate)
      + (SELECT count(*) FROM ledger.quarantine))::int AS read`);
    return { read: Number(row?.['read']) };
  };
});
