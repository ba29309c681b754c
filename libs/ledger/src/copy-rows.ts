import type { ClaimIndex } from '#libs/events';
import type { RowBuffer } from './row-buffer.ts';
import { toDate, toTimestamptz } from './time.ts';

/**
 * Rows of `ledger.entry` for binary COPY. Position, time and leaf hash are known only under the
 * head's lock: they stand first, at fixed places, and are written in then. What the leaf binds of the
 * record stands last, in the leaf's order.
 */
export const entryCopy = `COPY ledger.entry (position, recorded_at, leaf_hash, content_hash,
  partition_id, said_at, source, id, type, effective_on, business_key, company,
  "offset", key, value, headers) FROM STDIN (FORMAT binary)`;

export const quarantineCopy = `COPY ledger.quarantine (recorded_at, partition_id, "offset", reason,
  faults, conflicts_with, source, event_id, key, value, headers) FROM STDIN (FORMAT binary)`;

export const duplicateCopy = `COPY ledger.duplicate (partition_id, "offset", position)
  FROM STDIN (FORMAT binary)`;

/** A record as it came: what is kept of it byte for byte. */
export interface RecordBytes {
  readonly offset: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** The header section as on the wire. */
  readonly headers: Uint8Array;
}

/** What was read out of a record that is an entry. */
export interface EntryFields {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly facts: ClaimIndex;
  readonly contentHash: Uint8Array;
}

const ENTRY_COLUMNS = 16;
const QUARANTINE_COLUMNS = 11;
const DUPLICATE_COLUMNS = 3;

// Where the fixed fields of an entry's row are: after the count of fields, each behind its length.
const POSITION_AT = 6;
const RECORDED_AT = 18;
const LEAF_AT = 30;
const CONTENT_AT = 66;
const PARTITION_AT = 102;
const SAID_AT = 106;
const QUARANTINED_AT = 6;

const NO_HASH = new Uint8Array(32);

/** Adds an entry without position, time and leaf hash. Returns where the leaf's tail begins. */
export function addEntry(
  rows: RowBuffer,
  partitionId: number,
  fields: EntryFields,
  record: RecordBytes,
): number {
  const { saidAt, effectiveOn, businessKey, company } = fields.facts;
  rows.row(ENTRY_COLUMNS);
  rows.int64(0);
  rows.int64(0);
  rows.binary(NO_HASH);
  rows.binary(fields.contentHash);
  rows.int32(partitionId);
  if (saidAt === null) rows.null();
  else rows.int64(toTimestamptz(saidAt));
  rows.text(fields.source);
  rows.text(fields.id);
  rows.text(fields.type);
  if (effectiveOn === null) rows.null();
  else rows.int32(toDate(effectiveOn));
  rows.text(businessKey);
  rows.text(company);
  return addRecord(rows, record);
}

/** The record's own bytes: the last columns of an entry, in the leaf's order. */
export function addRecord(rows: RowBuffer, record: RecordBytes): number {
  const tail = rows.length;
  rows.int64(record.offset);
  rows.binary(record.key);
  rows.binary(record.value);
  rows.binary(record.headers);
  return tail;
}

/** One entry's row among others in a buffer. */
export class EntryRow {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #tail: number;
  readonly #end: number;

  constructor(bytes: Buffer, { start, tail, end }: { start: number; tail: number; end: number }) {
    this.#bytes = bytes;
    this.#start = start;
    this.#tail = tail;
    this.#end = end;
  }

  /** Source and id, each behind its length: equal for equal identities only. */
  get identity(): string {
    const start = this.#sourceAt;
    return this.#bytes.toString('latin1', start, this.#after(this.#after(start)));
  }

  get source(): string {
    return this.#text(this.#sourceAt);
  }

  get id(): string {
    return this.#text(this.#after(this.#sourceAt));
  }

  /** The envelope's time as a binary timestamptz. */
  get saidAt(): bigint | null {
    const at = this.#start + SAID_AT;
    return this.#bytes.readInt32BE(at) < 0 ? null : this.#bytes.readBigInt64BE(at + 4);
  }

  get contentHash(): Buffer {
    const at = this.#start + CONTENT_AT;
    return this.#bytes.subarray(at, at + 32);
  }

  get partitionId(): number {
    return this.#bytes.readInt32BE(this.#start + PARTITION_AT);
  }

  get offset(): bigint {
    return this.#bytes.readBigInt64BE(this.#tail + 4);
  }

  /** Offset, key, value and headers, each behind its length. */
  get tail(): Buffer {
    return this.#bytes.subarray(this.#tail, this.#end);
  }

  /** Key, value and headers, each behind its length. */
  get recordBytes(): Buffer {
    return this.#bytes.subarray(this.#tail + 12, this.#end);
  }

  /** Writes in what only the head's lock could tell. */
  place(position: number, timestamptz: bigint, leafHash: Uint8Array): void {
    this.#bytes.writeBigInt64BE(BigInt(position), this.#start + POSITION_AT);
    this.#bytes.writeBigInt64BE(timestamptz, this.#start + RECORDED_AT);
    this.#bytes.set(leafHash, this.#start + LEAF_AT);
  }

  get #sourceAt(): number {
    return this.#after(this.#start + SAID_AT);
  }

  /** The place after the field at a place. */
  #after(at: number): number {
    return at + 4 + Math.max(this.#bytes.readInt32BE(at), 0);
  }

  #text(at: number): string {
    return this.#bytes.toString('utf8', at + 4, this.#after(at));
  }
}

/** Why a record is quarantined, and what could be read of it. */
export interface QuarantineFields {
  readonly reason: string;
  readonly faults: readonly { code: string; pointer: string; expected: string }[];
  readonly source: string | null;
  readonly id: string | null;
  readonly conflictsWith: number | null;
}

/** Adds a quarantined record up to its own bytes, without its time. */
export function addQuarantined(
  rows: RowBuffer,
  partitionId: number,
  offset: bigint | number,
  fields: QuarantineFields,
): void {
  rows.row(QUARANTINE_COLUMNS);
  rows.int64(0);
  rows.int32(partitionId);
  rows.int64(offset);
  rows.text(fields.reason);
  rows.json(JSON.stringify(fields.faults.map(storableFault)));
  if (fields.conflictsWith === null) rows.null();
  else rows.int64(fields.conflictsWith);
  rows.text(identityOrNull(fields.source));
  rows.text(identityOrNull(fields.id));
}

/** Writes in the time of the batch that quarantines the row. */
export function placeQuarantined(bytes: Buffer, start: number, timestamptz: bigint): void {
  bytes.writeBigInt64BE(timestamptz, start + QUARANTINED_AT);
}

export function addDuplicate(
  rows: RowBuffer,
  duplicate: { partitionId: number; offset: bigint; position: number },
): void {
  rows.row(DUPLICATE_COLUMNS);
  rows.int32(duplicate.partitionId);
  rows.int64(duplicate.offset);
  rows.int64(duplicate.position);
}

function storableFault({ code, pointer, expected }: QuarantineFields['faults'][number]) {
  return { code, pointer: storable(pointer), expected: storable(expected) };
}

/** jsonb takes neither U+0000 nor a lone surrogate, and a pointer into bad text may name both. */
function storable(text: string): string {
  return Buffer.from(text).toString('utf8').replaceAll('\0', '\ufffd');
}

/** Text that could not be stored as it is would be no identity. */
function identityOrNull(text: string | null): string | null {
  return text === null || storable(text) !== text ? null : text;
}
