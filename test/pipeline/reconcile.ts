import { createKafka, createLogger, KafkaRecord } from '#libs/platform';
import type { Consumer } from 'kafkajs';
import type { TestLedger } from '../ledger.ts';
import { kafkaBrokers, suffix, testKafka } from '../servers.ts';

/** What became of every committed record of some topics, counted. */
export interface Reconciled {
  readonly read: number;
  readonly recorded: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

/**
 * Compares what the topics hold with what the ledger does (I1–I5 of its invariants). Throws on the first
 * record that is missing, there twice, or not byte for byte what it was, on a gap in the positions, and
 * on an offset that is not the frontier of what is stored.
 */
export async function reconcile(
  ledger: TestLedger,
  topics: readonly string[],
): Promise<Reconciled> {
  const committed = await consumeAll(topics);
  const stored = await storedRecords(ledger, topics);
  for (const [place, record] of committed) {
    const fates = stored.get(place) ?? [];
    if (fates.length !== 1) throw new Error(`${place} is stored ${fates.length} times.`);
    const [fate] = fates;
    if (fate?.kind !== 'duplicate' && !isSame(record, fate)) {
      throw new Error(`${place} is not what was published.`);
    }
  }
  for (const place of stored.keys()) {
    if (!committed.has(place)) throw new Error(`${place} was never committed to Kafka.`);
  }
  await checkOrder(ledger, topics);
  const fates = [...stored.values()].flat();
  const count = (kind: string) => fates.filter((fate) => fate.kind === kind).length;
  return {
    read: committed.size,
    recorded: count('entry'),
    duplicates: count('duplicate'),
    quarantined: count('quarantine'),
  };
}

interface StoredRecord {
  readonly kind: 'entry' | 'duplicate' | 'quarantine';
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Buffer | null;
}

function isSame(record: KafkaRecord, fate: StoredRecord | undefined): boolean {
  const pairs = [
    [record.key, fate?.key],
    [record.value, fate?.value],
    [record.headerBytes, fate?.headers],
  ] as const;
  return pairs.every(([sent, kept]) => (sent === null ? kept === null : kept?.equals(sent)));
}

async function storedRecords(
  ledger: TestLedger,
  topics: readonly string[],
): Promise<Map<string, StoredRecord[]>> {
  const rows = (await ledger.rows(
    `SELECT p.topic || '/' || p.partition || '/' || r."offset" AS place, r.*
     FROM (SELECT 'entry' AS kind, partition_id, "offset", key, value, headers FROM ledger.entry
       UNION ALL SELECT 'quarantine', partition_id, "offset", key, value, headers
         FROM ledger.quarantine
       UNION ALL SELECT 'duplicate', partition_id, "offset", NULL, NULL, NULL
         FROM ledger.duplicate) AS r
     JOIN ledger.partition p ON p.id = r.partition_id WHERE p.topic = ANY ($1)`,
    [topics],
  )) as unknown as (StoredRecord & { place: string })[];
  const byPlace = new Map<string, StoredRecord[]>();
  for (const row of rows) byPlace.set(row.place, [...(byPlace.get(row.place) ?? []), row]);
  return byPlace;
}

/** Positions are dense, follow the offsets within a partition, and the offsets end at the frontier. */
async function checkOrder(ledger: TestLedger, topics: readonly string[]): Promise<void> {
  const [row] = await ledger.rows(
    `SELECT
       (SELECT count(*) = coalesce(max(position), 0) AND count(*) = (SELECT position FROM ledger.head)
        FROM ledger.entry) AS dense,
       (SELECT count(*) FROM (SELECT "offset" < lag("offset")
          OVER (PARTITION BY partition_id ORDER BY position) AS wrong FROM ledger.entry) AS o
        WHERE wrong) AS disordered,
       (SELECT count(*) FROM ledger.partition p WHERE topic = ANY ($1) AND last_offset IS DISTINCT FROM
          (SELECT max("offset") FROM (SELECT partition_id, "offset" FROM ledger.entry
             UNION ALL SELECT partition_id, "offset" FROM ledger.duplicate
             UNION ALL SELECT partition_id, "offset" FROM ledger.quarantine) AS r
           WHERE r.partition_id = p.id)) AS "offFrontier",
       (SELECT count(*) FROM ledger.seal s JOIN ledger.entry e ON e.position = s.position
        WHERE e.recorded_at <> s.recorded_at) AS "missealed"`,
    [topics],
  );
  const expected = { dense: true, disordered: '0', offFrontier: '0', missealed: '0' };
  if (JSON.stringify(row) !== JSON.stringify(expected)) {
    throw new Error(`The ledger is out of order: ${JSON.stringify(row)}`);
  }
}

/** Every committed record of the topics, by `topic/partition/offset`. */
async function consumeAll(topics: readonly string[]): Promise<Map<string, KafkaRecord>> {
  const ends = await endOffsets(topics);
  const records = new Map<string, KafkaRecord>();
  const kafka = createKafka(
    { KAFKA_BROKERS: kafkaBrokers(), KAFKA_CLIENT_ID: 'reconcile', KAFKA_SSL: false },
    createLogger('reconcile', { NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
  );
  const consumer = kafka.consumer({ groupId: `reconcile-${suffix()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await readTo(consumer, ends, records);
  } finally {
    await consumer.disconnect();
  }
  return records;
}

async function endOffsets(topics: readonly string[]): Promise<Map<string, number>> {
  const admin = testKafka().admin();
  await admin.connect();
  const ends = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      if (Number(high) > 0) ends.set(`${topic}/${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  return ends;
}

async function readTo(
  consumer: Consumer,
  ends: Map<string, number>,
  records: Map<string, KafkaRecord>,
): Promise<void> {
  if (ends.size === 0) return;
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      reject(payload.error);
    });
    // Told of batches without any visible record too, which end a topic after a transaction.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      const { topic, partition, lastOffset } = payload;
      const place = `${topic}/${partition}`;
      if (Number(lastOffset) + 1 >= (ends.get(place) ?? 0)) ends.delete(place);
      if (ends.size === 0) resolve();
    });
    void consumer.run({
      eachBatch: ({ batch: { topic, partition, messages } }) => {
        for (const message of messages) {
          if (message instanceof KafkaRecord)
            records.set(`${topic}/${partition}/${message.at}`, message);
        }
        return Promise.resolve();
      },
    });
  });
}
