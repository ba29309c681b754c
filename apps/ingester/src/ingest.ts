import { setImmediate as turn } from 'node:timers/promises';
import { prepare } from '#libs/ledger';
import { KafkaRecord } from '#libs/platform';
import kafkajs from 'kafkajs';
import type { Batch, EachBatchPayload } from 'kafkajs';
import type { Assignment } from './assignment.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { HEARTBEAT_MS, PORTION_BYTES_MAX, PORTION_RECORDS_MAX } from './limits.ts';
import type { Reader } from './reader.ts';

/** What a batch needs: which partitions are read, where portions go, and whether to go on at all. */
export interface Ingestion {
  readonly assignment: Assignment;
  readonly queue: CommitQueue;
  readonly metrics: IngestMetrics;
  /** The reader has to be claimed anew: what Kafka sends does not follow what it has taken in. */
  readonly restart: (reader: Reader) => void;
  readonly isStopping: () => boolean;
}

/**
 * Takes in what one fetch brought of one partition: decodes it portion by portion and hands each on to
 * be stored. It does not wait for that, but for room. KafkaJS is told of each portion taken, so that a
 * failure of Kafka between two has it go on after the last.
 *
 * Throws HardStop where the topic does not continue what was read of it, and an error that makes
 * KafkaJS join the group again where the partition has been lost to another writer.
 */
export async function ingest(payload: EachBatchPayload, ingestion: Ingestion): Promise<void> {
  const { batch } = payload;
  const reader = ingestion.assignment.reader(batch.topic, batch.partition);
  if (reader === undefined || payload.isStale() || ingestion.isStopping()) return;
  if (reader.isLost) throw rejoin(reader);
  reader.end = Number(batch.highWatermark);

  const records = batch.messages.map(asWeRead);
  if (!(await continues(reader, { fetched: fetchedOffset(batch), records }, ingestion))) return;
  const fresh = records.filter(({ at }) => at >= reader.next);
  // KafkaJS takes its batch's last record for all that follows it, hidden records included.
  const end = { next: Number(batch.lastOffset()) + 1, offset: String(records.at(-1)?.at) };
  for (const portion of portions(fresh, end)) {
    await roomFor(payload, ingestion);
    if (ingestion.isStopping() || isReplaced(reader, ingestion)) return;
    takePortion(reader, portion, ingestion);
    payload.resolveOffset(portion.offset);
    await payload.heartbeat();
    await turn();
  }
}

/** A record KafkaJS decoded itself would lack its header bytes; left out, it would be lost. */
function asWeRead(message: unknown): KafkaRecord {
  if (message instanceof KafkaRecord) return message;
  throw new Error('KafkaJS decoded a record itself: is it not the version that was replaced?');
}

/** Whether a fetch follows on; if not, its reader begins anew. */
async function continues(
  reader: Reader,
  { fetched, records }: { fetched: number; records: readonly KafkaRecord[] },
  { assignment, restart }: Ingestion,
): Promise<boolean> {
  if (assignment.isStray(reader, fetched)) {
    restart(reader);
    return false;
  }
  if (fetched > reader.place) await assignment.checkGap(reader);
  await assignment.verify(reader, records);
  return true;
}

/** The offset that was asked for. KafkaJS keeps it, and leaves it out of its types. */
function fetchedOffset(batch: Batch): number {
  const offset = Number((batch as Batch & { fetchedOffset?: string }).fetchedOffset);
  if (!Number.isSafeInteger(offset)) throw new Error('KafkaJS is not the version it was read for.');
  return offset;
}

/**
 * Notes a fetch of hidden records only (aborted, control), of which KafkaJS tells no batch: the next
 * portion, or an idle moment, moves the stored offset past them.
 */
export function skipHidden(reader: Reader, { first, last }: { first: number; last: number }): void {
  // Behind a gap nothing is noted: it may be another fetch's. The next one then is a stray.
  if (first <= reader.place) reader.place = Math.max(reader.place, last + 1);
}

/** Hands on that nothing but hidden records came, so that the stored offset moves past them. */
export function passHidden(reader: Reader, ingestion: Ingestion): void {
  takePortion(reader, { records: [], next: reader.place }, ingestion);
}

interface RecordPortion {
  readonly records: readonly KafkaRecord[];
  /** The offset after the portion, and the last one in it for KafkaJS. */
  readonly next: number;
  readonly offset: string;
}

/** Parts bounded in records and bytes; one at least, so that holes at the end are passed. */
function* portions(
  records: readonly KafkaRecord[],
  end: Pick<RecordPortion, 'next' | 'offset'>,
): Generator<RecordPortion> {
  let start = 0;
  let bytes = 0;
  for (const [index, { at, key, value, headerBytes }] of records.entries()) {
    const size = (key?.length ?? 0) + (value?.length ?? 0) + headerBytes.length;
    const isFull = index - start >= PORTION_RECORDS_MAX || bytes + size > PORTION_BYTES_MAX;
    if (isFull && index > start) {
      const last = records[index - 1]?.at ?? at - 1;
      yield { records: records.slice(start, index), next: last + 1, offset: String(last) };
      start = index;
      bytes = 0;
    }
    bytes += size;
  }
  yield { records: records.slice(start), ...end };
}

function takePortion(
  reader: Reader,
  { records, next }: Pick<RecordPortion, 'records' | 'next'>,
  ingestion: Ingestion,
): void {
  reader.place = next;
  if (next <= reader.next) return; // What was stored before, or nothing new.
  const start = performance.now();
  const prepared = prepare({ partition: reader.claimed, expected: reader.next, next, records });
  ingestion.metrics.prepared(performance.now() - start);
  reader.next = next;
  ingestion.queue.push(prepared);
}

async function roomFor(payload: EachBatchPayload, { queue, isStopping }: Ingestion): Promise<void> {
  while (queue.isFull && !isStopping()) {
    await queue.change(HEARTBEAT_MS);
    await payload.heartbeat();
  }
}

/** The group was joined again while this batch waited: its reader is not the partition's any more. */
function isReplaced(reader: Reader, { assignment }: Ingestion): boolean {
  const { topic, partition } = reader.claimed;
  return assignment.reader(topic, partition) !== reader;
}

/** The one kind of error on which KafkaJS joins the group again at once. */
function rejoin({ claimed }: Reader): Error {
  const message = `Another writer has taken over ${claimed.topic}[${claimed.partition}]`;
  const protocol = { type: 'ILLEGAL_GENERATION', code: 22, retriable: false };
  return new kafkajs.KafkaJSProtocolError(Object.assign(new Error(message), protocol));
}
