import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Prepared } from '#libs/ledger';
import { KafkaRecord } from '#libs/platform';
import type { EachBatchPayload } from 'kafkajs';
import { TestLedger } from '../../../test/ledger.ts';
import { suffix } from '../../../test/servers.ts';
import { Assignment } from './assignment.ts';
import type { Broker, Extent } from './broker.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { ingest, passHidden, skipHidden } from './ingest.ts';
import type { Ingestion } from './ingest.ts';
import type { Reader } from './reader.ts';

/** What KafkaJS does only when leaders move under load cannot be had from a broker on demand. */
describe('ingest', () => {
  let ledger: TestLedger;
  let topic: string;
  let extent: Extent;
  let ingestion: Ingestion;
  let restarted: Reader[];
  let pushed: Pick<Prepared, 'expected' | 'next' | 'holes'>[];
  let resolved: string[];

  beforeAll(async () => {
    ledger = await TestLedger.create();
  });

  afterAll(async () => {
    await ledger.close();
  });

  beforeEach(async () => {
    topic = `topic-${suffix()}`;
    extent = { earliest: 0, end: 1_000_000 };
    [restarted, pushed, resolved] = [[], [], []];
    const broker = {
      extents: () => Promise.resolve(new Map([[0, extent]])),
      isCompacted: () => Promise.resolve(false),
    } as unknown as Broker;
    const push = ({ expected, next, holes }: Prepared) => pushed.push({ expected, next, holes });
    ingestion = {
      assignment: new Assignment(ledger.pool, broker),
      queue: { isFull: false, push } as unknown as CommitQueue,
      metrics: { prepared: () => undefined } as unknown as IngestMetrics,
      restart: (reader) => restarted.push(reader),
      isStopping: () => false,
    };
    await ingestion.assignment.claim({ [topic]: [0] }, () => undefined);
  });

  const reader = () => ingestion.assignment.reader(topic, 0)!;

  const record = (at: number) =>
    new KafkaRecord({
      at,
      timeMs: 0,
      key: null,
      value: Buffer.from('1'),
      headerBytes: Buffer.of(0),
      isControlRecord: false,
    });

  const fetched = (from: number, offsets: number[], { last = offsets.at(-1) ?? from } = {}) =>
    ({
      batch: {
        topic,
        partition: 0,
        highWatermark: '1000000',
        fetchedOffset: String(from),
        messages: offsets.map(record),
        lastOffset: () => String(last),
      },
      isStale: () => false,
      resolveOffset: (offset: string) => resolved.push(offset),
      heartbeat: () => Promise.resolve(),
    }) as unknown as EachBatchPayload;

  it('takes in what follows on, holes and hidden records counted', async () => {
    await ingest(fetched(0, [0, 1, 4], { last: 6 }), ingestion);
    await ingest(fetched(7, [9]), ingestion);
    expect(pushed).toEqual([
      { expected: 0, next: 7, holes: 4 },
      { expected: 7, next: 10, holes: 2 },
    ]);
  });

  it('hands on portions of a bounded size, and tells KafkaJS of each', async () => {
    await ingest(
      fetched(
        0,
        Array.from({ length: 9_000 }, (_, at) => at),
      ),
      ingestion,
    );
    expect(pushed.map(({ next }) => next)).toEqual([4_000, 8_000, 9_000]);
    expect(resolved).toEqual(['3999', '7999', '8999']);
  });

  it('does not take a fetch from elsewhere for one with a hole before it', async () => {
    await ingest(fetched(500, [500, 501]), ingestion);
    expect({ pushed, resolved }).toEqual({ pushed: [], resolved: [] });
    expect(restarted).toEqual([reader()]);
    await ingest(fetched(0, [0]), ingestion);
    expect(pushed).toEqual([{ expected: 0, next: 1, holes: 0 }]);
  });

  it('takes nothing twice where KafkaJS goes back', async () => {
    await ingest(fetched(0, [0, 1, 2]), ingestion);
    for (let n = 0; n < 5; n++) await ingest(fetched(0, [0, 1, 2]), ingestion);
    expect(pushed).toHaveLength(1);
    expect(restarted).toHaveLength(5);
  });

  it('believes in a gap that KafkaJS comes with again and again, if the broker has no part in it', async () => {
    for (let n = 0; n < 3; n++) await ingest(fetched(5, [7]), ingestion);
    expect(pushed).toEqual([]);
    await ingest(fetched(5, [7]), ingestion);
    expect(pushed).toEqual([{ expected: 0, next: 8, holes: 7 }]);
    extent = { earliest: 20, end: 1_000_000 };
    for (let n = 0; n < 3; n++) await ingest(fetched(20, [20]), ingestion);
    await expect(ingest(fetched(20, [20]), ingestion)).rejects.toThrow('deleted offsets 8 to 19');
  });

  it('passes hidden records that follow on, and no others', () => {
    skipHidden(reader(), { first: 3, last: 5 });
    passHidden(reader(), ingestion);
    expect(pushed).toEqual([]);
    skipHidden(reader(), { first: 0, last: 5 });
    passHidden(reader(), ingestion);
    passHidden(reader(), ingestion);
    expect(pushed).toEqual([{ expected: 0, next: 6, holes: 6 }]);
  });

  it('refuses records that KafkaJS decoded itself, rather than lose them', async () => {
    const payload = fetched(0, []);
    payload.batch.messages.push({ offset: '0' } as never);
    await expect(ingest(payload, ingestion)).rejects.toThrow('KafkaJS decoded a record itself');
  });

  it('has KafkaJS join again for a partition that is lost', async () => {
    reader().isLost = true;
    const lost = ingest(fetched(0, [0]), ingestion);
    await expect(lost).rejects.toMatchObject({ type: 'ILLEGAL_GENERATION' });
  });

  it('lets the last claim made be the last one stored', async () => {
    const claims = Array.from({ length: 5 }, () => {
      ingestion.assignment.begin();
      return ingestion.assignment.claim({ [topic]: [0] }, () => undefined);
    });
    const seeks = await Promise.all(claims);
    expect(seeks.slice(0, 4)).toEqual([null, null, null, null]);
    const epoch = 'SELECT epoch::int FROM ledger.partition WHERE topic = $1';
    expect(await ledger.rows(epoch, [topic])).toEqual([{ epoch: reader().claimed.epoch }]);
  });
});
