import type { Claim } from '#libs/events';
import { read } from '#libs/events';
import type { ClientBase, Pool } from 'pg';
import { decodeHeaders } from './headers.ts';

/** A pool, or a client inside a transaction of the caller's. */
export type Db = Pick<Pool | ClientBase, 'query'>;

/** One entry with everything the ledger keeps of it. */
export interface StoredEntry {
  readonly position: number;
  /** Microseconds since 1970, UTC. */
  readonly recordedAt: bigint;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** The envelope's time in microseconds since 1970, UTC. */
  readonly saidAt: bigint | null;
  readonly businessKey: string | null;
  readonly company: string | null;
  /** The earliest day, YYYY-MM-DD. */
  readonly effectiveOn: string | null;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array;
  /** As received; `decodeHeaders` lists them. */
  readonly headers: Uint8Array;
  /** SHA-256 of the claim's canonical content. */
  readonly contentHash: Uint8Array;
  /** The entry's leaf in the Merkle tree. */
  readonly leafHash: Uint8Array;
}

/** The newest state of the ledger. */
export interface Head {
  /** 0 before the first entry. */
  readonly position: number;
  /** When the newest batch was stored, in microseconds since 1970, UTC; null before the first. */
  readonly recordedAt: bigint | null;
  /** The running maximum of the envelopes' times, in microseconds since 1970, UTC. */
  readonly publishedThrough: bigint | null;
}

/** Where to read: positions `from` to `to`, both included, at most `limit` of them. */
export interface Range {
  readonly from: number;
  readonly to?: number;
  readonly limit: number;
}

/** Entries of a range in the order of their positions. */
export async function readEntries(db: Db, { from, to, limit }: Range): Promise<StoredEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'ledger-read-entries',
    text: `${select} WHERE e.position BETWEEN $1 AND $2 ORDER BY e.position LIMIT $3`,
    values: [from, to ?? Number.MAX_SAFE_INTEGER, limit],
  });
  return rows.map(stored);
}

/** Entries by position, ascending; a position that is not recorded is left out. */
export async function readEntriesAt(db: Db, positions: readonly number[]): Promise<StoredEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'ledger-read-entries-at',
    text: `${select} WHERE e.position = ANY ($1::bigint[]) ORDER BY e.position`,
    values: [positions],
  });
  return rows.map(stored);
}

/** The entry of an identity, if it was recorded. */
export async function readEntryOf(
  db: Db,
  { source, id }: { source: string; id: string },
): Promise<StoredEntry | undefined> {
  const { rows } = await db.query<Row>({
    name: 'ledger-read-entry-of',
    text: `${select} WHERE e.id = $1 AND e.source = $2`,
    values: [id, source],
  });
  return rows.map(stored)[0];
}

export async function head(db: Db): Promise<Head> {
  const { rows } = await db.query<HeadRow>({
    name: 'ledger-head',
    text: `
      SELECT position, ${micros('published_through')} AS published_through,
        CASE WHEN isfinite(recorded_at) THEN ${micros('recorded_at')} END AS recorded_at
      FROM ledger.head`,
  });
  const [row] = rows;
  if (row === undefined) throw new Error('ledger.head is empty: the database is not migrated.');
  return {
    position: Number(row.position),
    recordedAt: row.recorded_at === null ? null : BigInt(row.recorded_at),
    publishedThrough: row.published_through === null ? null : BigInt(row.published_through),
  };
}

/**
 * The claim of an entry, in its type's newest version. Throws if the stored bytes no longer read as
 * one: only a defect of `events` can do that, since nothing else is ever recorded.
 */
export function toEntry(stored: StoredEntry): { position: number; claim: Claim } {
  const { position, key, value, headers } = stored;
  const reading = read({ key, value, headers: decodeHeaders(headers) });
  if (!reading.ok) {
    throw new Error(`Entry ${position} no longer reads as a claim: ${reading.reason}.`);
  }
  return { position, claim: reading.claim };
}

interface Row {
  position: string;
  recorded_at: string;
  source: string;
  id: string;
  type: string;
  said_at: string | null;
  business_key: string | null;
  company: string | null;
  effective_on: string | null;
  topic: string;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer;
  headers: Buffer;
  content_hash: Buffer;
  leaf_hash: Buffer;
}

interface HeadRow {
  position: string;
  recorded_at: string | null;
  published_through: string | null;
}

/** A Date holds milliseconds, a timestamptz microseconds: they leave the database as a number. */
function micros(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}

const select = `
  SELECT e.position, ${micros('e.recorded_at')} AS recorded_at, e.source, e.id, e.type,
    ${micros('e.said_at')} AS said_at, e.business_key, e.company,
    to_char(e.effective_on, 'YYYY-MM-DD') AS effective_on,
    p.topic, p.partition, e."offset", e.key, e.value, e.headers, e.content_hash, e.leaf_hash
  FROM ledger.entry e JOIN ledger.partition p ON p.id = e.partition_id`;

function stored(row: Row): StoredEntry {
  return {
    position: Number(row.position),
    recordedAt: BigInt(row.recorded_at),
    source: row.source,
    id: row.id,
    type: row.type,
    saidAt: row.said_at === null ? null : BigInt(row.said_at),
    businessKey: row.business_key,
    company: row.company,
    effectiveOn: row.effective_on,
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.offset),
    key: row.key,
    value: row.value,
    headers: row.headers,
    contentHash: row.content_hash,
    leafHash: row.leaf_hash,
  };
}
