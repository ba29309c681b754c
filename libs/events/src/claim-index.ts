import type { Claim } from './claim.ts';
import type { Day } from './partial-date.ts';
import type { PartyId } from './party.ts';

/** What a claim is found by. */
export interface ClaimIndex {
  readonly businessKey: string | null;
  readonly company: PartyId | null;
  /** The earliest day of the claim's date. */
  readonly effectiveOn: Day | null;
  /** The envelope's time, µs since 1970 UTC. */
  readonly saidAt: bigint | null;
}

/** Two reports of one fact share this text. Null: the claim states no fact. */
export function businessKey(claim: Claim): string | null {
  throw new Error(`not written yet: ${claim.type}`);
}
