import type { Entry } from '#libs/fold';
import { toEntry } from '#libs/ledger';
import type { StoredEntry } from '#libs/ledger';

/** An entry whose bytes a defect keeps from reading as a claim. Its company's fold fails with it. */
export interface Unreadable {
  readonly position: number;
  readonly company: string | null;
  readonly error: unknown;
}

export type LedgerEntry = Entry | Unreadable;

/** A stored entry as a claim; a defect that keeps it from being one stops its company alone. */
export function decode(stored: StoredEntry): LedgerEntry {
  try {
    return toEntry(stored);
  } catch (error) {
    return { position: stored.position, company: stored.company, error };
  }
}

export function isReadable(entry: LedgerEntry): entry is Entry {
  return 'claim' in entry;
}
