import { toEntry } from '#libs/ledger';
import type { StoredEntry } from '#libs/ledger';
import { z } from 'zod';

/** One claim as the ledger keeps it. */
export const ledgerEntry = z.object({
  position: z.int().min(1),
  recordedAt: z.iso.datetime(),
  source: z.string(),
  id: z.string(),
  type: z.string(),
  time: z.string().nullable().meta({ description: 'When its publisher said it, as received.' }),
  company: z.string().nullable(),
  effectiveOn: z.string().nullable().meta({ description: 'The earliest day of its date.' }),
  data: z.unknown().meta({ description: 'What was said, in the newest version of its type.' }),
  topic: z.string(),
  partition: z.int(),
  offset: z.string().meta({ description: 'A Kafka offset; text, since it has 64 bits.' }),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

export function describeEntry(stored: StoredEntry): LedgerEntry {
  const { claim } = toEntry(stored);
  return {
    position: stored.position,
    recordedAt: timeOfMicros(stored.recordedAt),
    source: stored.source,
    id: stored.id,
    type: stored.type,
    time: claim.time,
    company: stored.company,
    effectiveOn: stored.effectiveOn,
    data: claim.data,
    topic: stored.topic,
    partition: stored.partition,
    offset: stored.offset.toString(),
  };
}

/** Microseconds since 1970 as RFC 3339; a Date alone would cut them to milliseconds. */
export function timeOfMicros(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((micros - fraction) / 1_000_000n);
  const text = new Date(seconds * 1_000).toISOString().slice(0, 19);
  return `${text}.${fraction.toString().padStart(6, '0')}Z`;
}
