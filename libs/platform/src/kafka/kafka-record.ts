import type { IHeaders, RecordBatchEntry } from 'kafkajs';
import { Cursor } from './cursor.ts';

export interface KafkaRecordFields {
  readonly at: number;
  readonly timeMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headerBytes: Buffer;
  readonly isControlRecord: boolean;
}

/**
 * A record as it was on the wire. `at`, `timeMs` and `headerBytes` are ours; the rest is what
 * KafkaJS and its users expect of a message.
 */
export class KafkaRecord implements RecordBatchEntry {
  /** The offset as a number; no topic will ever come near 2^53. */
  readonly at: number;
  /** Kafka's own time of the record, ms since 1970, UTC. */
  readonly timeMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** The header section byte for byte: a count, then names and values. */
  readonly headerBytes: Buffer;
  /** Of control records, and here of aborted transactions' records too: KafkaJS drops both. */
  readonly isControlRecord: boolean;
  readonly magicByte = 2;
  readonly attributes = 0;

  constructor(fields: KafkaRecordFields) {
    this.at = fields.at;
    this.timeMs = fields.timeMs;
    this.key = fields.key;
    this.value = fields.value;
    this.headerBytes = fields.headerBytes;
    this.isControlRecord = fields.isControlRecord;
  }

  get offset(): string {
    return String(this.at);
  }

  get timestamp(): string {
    return String(this.timeMs);
  }

  /** In KafkaJS's form, which the ledger does not use: it forgets the order of repeated names. */
  get headers(): IHeaders {
    const lists = new Map<string, (Buffer | undefined)[]>();
    const cursor = new Cursor(this.headerBytes);
    for (let left = cursor.varint(); left > 0; left--) {
      const name = cursor.varintBytes()?.toString('utf8') ?? '';
      const values = lists.get(name) ?? [];
      values.push(cursor.varintBytes() ?? undefined);
      lists.set(name, values);
    }
    // Unlike an assignment, fromEntries makes `__proto__` a name like any other.
    return Object.fromEntries(
      [...lists].map(([name, values]) => [
        name,
        values.length === 1 ? values[0] : (values as Buffer[]),
      ]),
    );
  }
}
