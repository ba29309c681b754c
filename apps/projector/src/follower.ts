import type { Entry, Link } from '#libs/fold';
import type { Step, StepChange } from '#libs/read-models';

/** Follows one subject through the ledger: entries in, rows out. */
export interface Follower {
  /**
   * Adds entries; gives links never asked for before: every entry that bears one and is known by now
   * is to be added before it settles. The first links come without an entry.
   */
  add(entries: readonly Entry[]): readonly Link[];

  /** What changed since it last settled, once nothing is missing. */
  settle(): StepChange;

  /** All rows that should be believed, as it last settled. */
  believed(): Step[];
}
