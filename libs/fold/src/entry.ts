import type { Claim } from '#libs/events';
import type { Position } from './timeline.ts';

/** A recorded claim: its place in the ledger and what it says, upcast to the newest version. */
export interface Entry {
  readonly position: Position;
  readonly claim: Claim;
}
