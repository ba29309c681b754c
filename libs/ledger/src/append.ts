import type { ClientBase, QueryResult } from 'pg';
import { copyIn } from './copy-in.ts';
import { duplicateCopy, entryCopy, quarantineCopy } from './copy-rows.ts';
import { findKnown } from './known-identities.ts';
import type { Claimed } from './partitions.ts';
import type { Known, KnownIdentities, Opening, Placement } from './place.ts';
import { place } from './place.ts';
import type { Prepared } from './prepare.ts';

/** What became of a batch. */
export interface Appended {
  /** Entries recorded, and the positions of the first and last of them. */
  readonly recorded: number;
  readonly firstPosition: number;
  readonly position: number;
  /** Microseconds since 1970, UTC. */
  readonly recordedAt: bigint;
  readonly duplicates: number;
  /** Records quarantined, by reason. */
  readonly quarantined: ReadonlyMap<string, number>;
  /** Portions that an earlier attempt had stored, whose acknowledgement was lost. */
  readonly storedBefore: number;
  /** Partitions that another writer has taken over: none of their portions is stored. */
  readonly fenced: readonly Claimed[];
  readonly milliseconds: Readonly<Record<'lock' | 'place' | 'copy' | 'commit', number>>;
}

/** Another writer has taken over partitions of the batch. Nothing of the batch is stored. */
export class FencedError extends Error {
  readonly partitions: readonly Claimed[];

  constructor(partitions: readonly Claimed[]) {
    const names = partitions.map(({ topic, partition }) => `${topic}[${partition}]`);
    super(`Another writer has taken over ${names.join(', ')}.`);
    this.name = 'FencedError';
    this.partitions = partitions;
  }
}

/** An identity of the batch is taken: append again, looking identities up. */
export class IdentityTakenError extends Error {
  constructor() {
    super('An identity of the batch is recorded already.');
    this.name = 'IdentityTakenError';
  }
}

/** How long a transaction may take and wait; PostgreSQL itself ends one that exceeds it. */
export interface AppendLimits {
  /** A writer that freezes while it holds the head's lock is cut off after this. */
  readonly transactionMs: number;
  /** How long to wait for the head's lock. */
  readonly lockMs: number;
}

/**
 * Stores portions of any number of partitions, in one transaction or not at all: every record becomes
 * an entry, a duplicate or quarantined, and each partition's offset advances past it.
 *
 * Portions of one partition follow each other. With `lookUp`, identities are looked up before; without,
 * one that is taken throws IdentityTakenError. Throws FencedError if a partition is not this writer's
 * any more. Portions stored before, by an attempt whose acknowledgement was lost, are left out.
 */
export async function append(
  client: ClientBase,
  batches: readonly Prepared[],
  { limits, lookUp }: { limits: AppendLimits; lookUp: boolean },
): Promise<Appended> {
  const watch = new Stopwatch();
  try {
    const { opening, stored } = await open(client, batches, limits);
    watch.lap('lock');
    const fresh = unstored(batches, stored);
    if (fresh.length === 0) return await leave(client, opening, batches.length);
    const known = lookUp ? await findKnown(client, fresh) : noneKnown;
    const placement = place(fresh, opening, known);
    watch.lap('place');
    await copy(client, placement);
    watch.lap('copy');
    await close(client, fresh, placement);
    watch.lap('commit');
    return appended(placement, batches.length - fresh.length, watch);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // The first error is the one to tell.
    throw explain(error);
  }
}

const noneKnown: KnownIdentities = new Map<string, Known>();

interface StoredPartition {
  readonly epoch: number;
  readonly next: number;
}

/** Begins, locks the head, and reads what the batch has to go by, in one round trip. */
async function open(
  client: ClientBase,
  batches: readonly Prepared[],
  { transactionMs, lockMs }: AppendLimits,
): Promise<{ opening: Opening; stored: ReadonlyMap<number, StoredPartition> }> {
  const ids = new Set(batches.map(({ partition }) => partition.id));
  const results = (await client.query(`
    BEGIN;
    SET LOCAL transaction_timeout = ${transactionMs};
    SET LOCAL idle_in_transaction_session_timeout = ${transactionMs};
    SET LOCAL lock_timeout = ${lockMs};
    SELECT FROM ledger.head FOR UPDATE;
    SELECT position, (extract(epoch FROM published_through) * 1000000)::bigint AS through,
      (extract(epoch FROM greatest(clock_timestamp(), recorded_at + interval '1 microsecond'))
        * 1000000)::bigint AS recorded_at
    FROM ledger.head;
    SELECT id, epoch, next_offset FROM ledger.partition WHERE id IN (${[...ids].join(', ')})
  `)) as unknown as QueryResult[];
  const [head] = (results[5]?.rows ?? []) as HeadRow[];
  if (head === undefined) throw new Error('ledger.head is empty: the database is not migrated.');
  const rows = (results[6]?.rows ?? []) as PartitionRow[];
  return {
    opening: {
      position: Number(head.position),
      publishedThrough: head.through === null ? null : BigInt(head.through),
      recordedAt: BigInt(head.recorded_at),
    },
    stored: new Map(
      rows.map(({ id, epoch, next_offset: next }) => [
        id,
        { epoch: Number(epoch), next: Number(next) },
      ]),
    ),
  };
}

interface HeadRow {
  position: string;
  through: string | null;
  recorded_at: string;
}

interface PartitionRow {
  id: number;
  epoch: string;
  next_offset: string;
}

/**
 * The portions still to be stored. Under an unchanged epoch only this writer advances the offset, so a
 * portion that ends at or below it is one this writer stored itself.
 */
function unstored(
  batches: readonly Prepared[],
  stored: ReadonlyMap<number, StoredPartition>,
): Prepared[] {
  const frontier = new Map<number, number>();
  const fenced = new Set<Claimed>();
  const fresh: Prepared[] = [];
  for (const batch of batches) {
    const { partition, expected, next } = batch;
    const row = stored.get(partition.id);
    const at = frontier.get(partition.id) ?? row?.next;
    if (row?.epoch !== partition.epoch) fenced.add(partition);
    else if (at === expected) {
      frontier.set(partition.id, next);
      fresh.push(batch);
    } else if (at === undefined || next > at) fenced.add(partition);
  }
  if (fenced.size > 0) throw new FencedError([...fenced]);
  return fresh;
}

/** Nothing is left to do: an attempt before this one committed, and was not told. */
async function leave(
  client: ClientBase,
  { position, recordedAt }: Opening,
  storedBefore: number,
): Promise<Appended> {
  await client.query('ROLLBACK');
  return { ...nothingAppended, firstPosition: position + 1, position, recordedAt, storedBefore };
}

/** Of a batch without portions. */
export const nothingAppended: Appended = {
  recorded: 0,
  firstPosition: 1,
  position: 0,
  recordedAt: 0n,
  duplicates: 0,
  quarantined: new Map<string, number>(),
  storedBefore: 0,
  fenced: [],
  milliseconds: { lock: 0, place: 0, copy: 0, commit: 0 },
};

async function copy(client: ClientBase, placement: Placement): Promise<void> {
  const { entries, duplicates, quarantined, firstPosition, position } = placement;
  if (entries.length > 0) {
    const count = await copyIn(client, entryCopy, entries);
    if (count !== position - firstPosition + 1) throw new Error(`COPY took ${count} entries.`);
  }
  if (duplicates.length > 0) await copyIn(client, duplicateCopy, [duplicates]);
  if (quarantined.length > 0) await copyIn(client, quarantineCopy, quarantined);
}

/** Advances the offsets, seals, moves the head and commits, in one round trip. */
async function close(
  client: ClientBase,
  batches: readonly Prepared[],
  placement: Placement,
): Promise<void> {
  const { firstPosition, position, recordedAt, publishedThrough, marks } = placement;
  const batch = JSON.stringify({
    partitions: advances(batches),
    recordedAt: String(recordedAt),
    firstPosition,
    position,
    publishedThrough: publishedThrough === null ? null : String(publishedThrough),
    marks,
  });
  // Integers, hex and names of ours: nothing in it needs escaping.
  await client.query(`SELECT ledger.close_batch('${batch}'); COMMIT`);
}

/** One advance for each partition, over all its portions. */
function advances(batches: readonly Prepared[]) {
  const ids = new Set(batches.map(({ partition }) => partition.id));
  return [...ids].map((id) => {
    const portions = batches.filter(({ partition }) => partition.id === id);
    const last = portions.findLast((portion) => portion.last !== null)?.last;
    return {
      id,
      epoch: portions[0]?.partition.epoch,
      expected: portions[0]?.expected,
      next: portions.at(-1)?.next,
      holes: portions.reduce((sum, { holes }) => sum + holes, 0),
      lastOffset: last?.offset ?? null,
      fingerprint: last == null ? null : Buffer.from(last.fingerprint).toString('hex'),
    };
  });
}

function appended(placement: Placement, storedBefore: number, watch: Stopwatch): Appended {
  const { firstPosition, position, recordedAt, duplicateCount, reasons } = placement;
  return {
    recorded: position - firstPosition + 1,
    firstPosition,
    position,
    recordedAt,
    duplicates: duplicateCount,
    quarantined: reasons,
    storedBefore,
    fenced: [],
    milliseconds: watch.laps,
  };
}

function explain(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const isIdentity = code === UNIQUE_VIOLATION && constraint === 'entry_id_source_key';
  return isIdentity ? new IdentityTakenError() : error;
}

const UNIQUE_VIOLATION = '23505';

class Stopwatch {
  readonly laps = { lock: 0, place: 0, copy: 0, commit: 0 };
  #last = performance.now();

  lap(step: keyof Stopwatch['laps']): void {
    const now = performance.now();
    this.laps[step] = now - this.#last;
    this.#last = now;
  }
}
