import kafkajs from 'kafkajs';
import { Cursor } from './cursor.ts';
import { KafkaRecord } from './kafka-record.ts';

/** Where a producer's transaction began that was aborted later. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/**
 * The records of one partition's part of a fetch answer: record batches of format v2, of which the
 * last may be cut short and is then left for the next fetch.
 * https://kafka.apache.org/documentation/#recordbatch
 *
 * Throws where the bytes are no such batches, or a codec is missing or rejects them.
 */
export async function decodeBatches(
  bytes: Buffer,
  aborted: readonly AbortedTransaction[],
): Promise<KafkaRecord[]> {
  const records: KafkaRecord[] = [];
  const transactions = new Transactions(aborted);
  const cursor = new Cursor(bytes);
  while (cursor.left >= BATCH_PREFIX_BYTES) {
    const baseOffset = Number(cursor.int64());
    const length = cursor.int32();
    if (length > cursor.left) break;
    const batch = readHeader(baseOffset, new Cursor(cursor.take(length)));
    const isControlRecord = batch.isControl || transactions.isAborted(batch);
    const content = new Cursor(await decompress(batch));
    for (let n = 0; n < batch.count; n++) records.push(readRecord(content, batch, isControlRecord));
    if (batch.isControl) transactions.end(batch, records.at(-1));
  }
  return records;
}

const BATCH_PREFIX_BYTES = 12;
const COMPRESSION_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

interface RecordBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly codec: number;
  readonly baseTimeMs: number;
  /** The broker's time, where it and not the producer's counts. */
  readonly appendTimeMs: number | null;
  readonly producerId: bigint;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly count: number;
  readonly content: Buffer;
}

function readHeader(baseOffset: number, cursor: Cursor): RecordBatch {
  cursor.int32(); // leader epoch
  const magic = cursor.int8();
  if (magic !== 2) {
    const message = `Message format v${magic} of Kafka before 0.11 cannot be read.`;
    throw new kafkajs.KafkaJSNonRetriableError(message);
  }
  cursor.int32(); // checksum
  const attributes = cursor.int16();
  const lastOffset = baseOffset + cursor.int32();
  const baseTimeMs = Number(cursor.int64());
  const maxTimeMs = Number(cursor.int64());
  const producerId = cursor.int64();
  cursor.int16(); // producer epoch
  cursor.int32(); // first sequence number
  return {
    baseOffset,
    lastOffset,
    codec: attributes & COMPRESSION_MASK,
    baseTimeMs,
    appendTimeMs: (attributes & LOG_APPEND_TIME) > 0 ? maxTimeMs : null,
    producerId,
    isTransactional: (attributes & TRANSACTIONAL) > 0,
    isControl: (attributes & CONTROL) > 0,
    count: cursor.int32(),
    content: cursor.rest(),
  };
}

async function decompress({ codec, content }: RecordBatch): Promise<Buffer> {
  if (codec === 0 || content.length === 0) return content;
  const codecs = kafkajs.CompressionCodecs as Partial<Record<number, () => Codec>>;
  const known = codecs[codec];
  if (known === undefined) {
    throw new kafkajs.KafkaJSNonRetriableError(`Compression codec ${codec} is unknown.`);
  }
  return known().decompress(content);
}

interface Codec {
  decompress(bytes: Buffer): Promise<Buffer>;
}

/** The fields share the batch's memory. */
function readRecord(cursor: Cursor, batch: RecordBatch, isControlRecord: boolean): KafkaRecord {
  const length = cursor.varint();
  const leftAfter = cursor.left - length;
  cursor.int8(); // attributes, unused
  const timeMs = batch.baseTimeMs + cursor.varlong();
  return new KafkaRecord({
    timeMs: batch.appendTimeMs ?? timeMs,
    at: batch.baseOffset + cursor.varint(),
    key: cursor.varintBytes(),
    value: cursor.varintBytes(),
    headerBytes: cursor.takeUntil(leftAfter),
    isControlRecord,
  });
}

/** Which producers are within an aborted transaction, batch by batch, as Kafka's own client does. */
class Transactions {
  readonly #toCome: AbortedTransaction[];
  readonly #aborting = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#toCome = aborted.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  }

  isAborted({ lastOffset, producerId, isTransactional }: RecordBatch): boolean {
    for (let next = this.#toCome[0]; next !== undefined; next = this.#toCome[0]) {
      if (next.firstOffset > lastOffset) break;
      this.#aborting.add(next.producerId);
      this.#toCome.shift();
    }
    return isTransactional && this.#aborting.has(producerId);
  }

  /** A control record whose key says type 0 ends an aborted transaction. */
  end({ producerId }: RecordBatch, marker: KafkaRecord | undefined): void {
    const key = marker?.key ?? null;
    if (key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT) {
      this.#aborting.delete(producerId);
    }
  }
}

const ABORT = 0;
