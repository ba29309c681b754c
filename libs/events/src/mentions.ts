import type { Claim } from './claim.ts';
import type { PartyId } from './party.ts';

/** Every party the claim names, once each, in the order of first mention. */
export function mentions(claim: Claim): PartyId[] {
  throw new Error(`not written yet: ${claim.type}`);
}
