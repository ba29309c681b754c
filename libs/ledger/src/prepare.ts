import { hash } from 'node:crypto';
import { read } from '#libs/events';
import type { Header, Reading } from '#libs/events';
import { addEntry, addQuarantined, addRecord } from './copy-rows.ts';
import { decodeHeaders } from './headers.ts';
import type { Claimed } from './partitions.ts';
import { RowBuffer } from './row-buffer.ts';

/** A record as Kafka delivered it. */
export interface ReceivedRecord {
  readonly at: number;
  readonly timeMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headerBytes: Uint8Array;
}

/** Records of one partition that follow those before them without a gap but for holes. */
export interface Portion {
  readonly partition: Claimed;
  /** The offset after all records stored or under way before these. */
  readonly expected: number;
  /** The offset after all these; holes at the end included. */
  readonly next: number;
  readonly records: readonly ReceivedRecord[];
}

/**
 * A portion decoded, validated, hashed and encoded: everything that can be done to it without the
 * head's lock. Made of plain data and buffers, so that it can be handed to another thread.
 */
export interface Prepared {
  readonly partition: Claimed;
  readonly expected: number;
  readonly next: number;
  /** Offsets without a record. */
  readonly holes: number;
  /** The last record there was, to recognise the topic by; null where all were holes. */
  readonly last: { readonly offset: number; readonly fingerprint: Uint8Array } | null;
  readonly entries: EntryRows;
  readonly quarantined: QuarantineRows;
}

/** Rows in COPY form; row n is at `starts[n]` up to `starts[n + 1]`. */
export interface EntryRows {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  /** Where the leaf's tail of each row begins. */
  readonly tails: Uint32Array;
}

export interface QuarantineRows {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly reasons: readonly string[];
}

/**
 * Decodes records and encodes their rows. Total: whatever a record holds, it becomes an entry or is
 * quarantined. The caller bounds the portion; the time taken grows with its bytes.
 */
export function prepare(portion: Portion): Prepared {
  const { partition, expected, next, records } = portion;
  const entries = new RowBuffer(roomFor(records));
  const quarantined = new RowBuffer(4096);
  const starts: number[] = [];
  const tails: number[] = [];
  const badStarts: number[] = [];
  const reasons: string[] = [];
  for (const record of records) {
    const reading = readRecord(record);
    if (reading.ok) {
      starts.push(entries.length);
      tails.push(addClaim(entries, partition.id, record, reading));
    } else {
      badStarts.push(quarantined.length);
      reasons.push(reading.reason);
      addBad(quarantined, partition.id, record, reading);
    }
  }
  const last = records.at(-1);
  return {
    partition,
    expected,
    next,
    holes: next - expected - records.length,
    last: last === undefined ? null : { offset: last.at, fingerprint: fingerprint(last) },
    entries: {
      bytes: entries.bytes,
      starts: places(starts, entries.length),
      tails: Uint32Array.from(tails),
    },
    quarantined: {
      bytes: quarantined.bytes,
      starts: places(badStarts, quarantined.length),
      reasons,
    },
  };
}

/** Enough for the rows of records as they usually are, so that their buffer need not grow. */
function roomFor(records: readonly ReceivedRecord[]): number {
  let bytes = 1024;
  for (const { key, value, headerBytes } of records) {
    bytes += (key?.length ?? 0) + (value?.length ?? 0) + headerBytes.length + ROW_BYTES;
  }
  return bytes;
}

/** Position, times, hashes, identity and keys, beside the record's own bytes. */
const ROW_BYTES = 384;

/**
 * SHA-256 of a record and Kafka's time of it: tells whether the topic still holds at an offset what
 * was read there once, even if the same events were published to it anew.
 */
export function fingerprint(record: ReceivedRecord): Uint8Array {
  const rows = new RowBuffer(1024);
  rows.int64(record.timeMs);
  addRecord(rows, recordBytes(record));
  return hash('sha256', rows.bytes, 'buffer');
}

function readRecord({ key, value, headerBytes }: ReceivedRecord): Reading {
  let headers: Header[];
  try {
    headers = decodeHeaders(headerBytes);
  } catch {
    // No broker takes such a record; were there one, it still must not stop its partition.
    const expected = 'headers as in the record format v2';
    const fault = { code: 'no-envelope', pointer: '/headers', expected } as const;
    return { ok: false, reason: fault.code, faults: [fault] };
  }
  return read({ key, value, headers });
}

function addClaim(
  rows: RowBuffer,
  partitionId: number,
  record: ReceivedRecord,
  { claim, facts, content }: Reading & { ok: true },
): number {
  const { source, id, type } = claim;
  const contentHash = hash('sha256', content, 'buffer');
  const fields = { source, id, type, facts, contentHash };
  return addEntry(rows, partitionId, fields, recordBytes(record));
}

function addBad(
  rows: RowBuffer,
  partitionId: number,
  record: ReceivedRecord,
  { reason, faults, identity }: Reading & { ok: false },
): void {
  addQuarantined(rows, partitionId, record.at, {
    reason,
    faults,
    source: identity?.source ?? null,
    id: identity?.id ?? null,
    conflictsWith: null,
  });
  rows.binary(record.key);
  rows.binary(record.value);
  rows.binary(record.headerBytes);
}

function places(starts: readonly number[], end: number): Uint32Array {
  const all = new Uint32Array(starts.length + 1);
  all.set(starts);
  all[starts.length] = end;
  return all;
}

function recordBytes({ at, key, value, headerBytes }: ReceivedRecord) {
  return { offset: at, key, value, headers: headerBytes };
}
