import type { Db } from './read.ts';

/** A partition as one writer holds it: its right ends when somebody raises the epoch. */
export interface Claimed {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
}

/** A partition and how far it has been stored. */
export interface ClaimedPartition extends Claimed {
  /** Every record below this offset is stored, or is a hole. */
  readonly next: number;
  /** The last record that was none, to recognise the topic by. */
  readonly last: { readonly offset: number; readonly fingerprint: Uint8Array } | null;
}

/** What to claim, and who claims it. */
export interface Claim {
  readonly topic: string;
  readonly partition: number;
  /** The first offset the broker has: where a partition never read before begins. */
  readonly earliest: number;
  /** Written down for whoever wonders who holds the partition. */
  readonly claimant: string;
}

/**
 * Takes a partition over: from now on nobody else's batch of it is stored. One statement of its own,
 * so that no writer ever holds one partition while it waits for another.
 */
export async function claimPartition(db: Db, claim: Claim): Promise<ClaimedPartition> {
  const { rows } = await db.query<Row>(
    `INSERT INTO ledger.partition AS p
       (topic, partition, start_offset, next_offset, claimed_by, claimed_at)
     VALUES ($1, $2, $3, $3, $4, clock_timestamp())
     ON CONFLICT (topic, partition) DO UPDATE SET epoch = p.epoch + 1,
       claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
     RETURNING id, epoch, next_offset, last_offset, last_fingerprint`,
    [claim.topic, claim.partition, claim.earliest, claim.claimant],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An upsert returned no row.');
  return {
    id: row.id,
    topic: claim.topic,
    partition: claim.partition,
    epoch: Number(row.epoch),
    next: Number(row.next_offset),
    last:
      row.last_offset === null || row.last_fingerprint === null
        ? null
        : { offset: Number(row.last_offset), fingerprint: row.last_fingerprint },
  };
}

interface Row {
  id: number;
  epoch: string;
  next_offset: string;
  last_offset: string | null;
  last_fingerprint: Buffer | null;
}
