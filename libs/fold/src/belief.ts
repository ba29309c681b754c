import type { PartyId } from '#libs/events';
import type { BeliefFinding, Fact, Provenance } from './fact.ts';
import type { Rates } from './rates.ts';
import type { Position } from './timeline.ts';

/** What believing a set of entries gives: all that the fold reads. */
export interface Belief {
  /** Every fact by its key, keys ascending by UTF-8 bytes. */
  readonly facts: ReadonlyMap<string, Fact>;
  /**
   * What each company's timeline is made of: the facts of which it is the company (of a party or
   * stance the party, of a figure the subject), and those whose conflicts show at it. The same
   * party may be company here and investor elsewhere. Keys ascending.
   */
  readonly byCompany: ReadonlyMap<PartyId, readonly Fact[]>;
  /** Findings that belong to no fact. */
  readonly findings: readonly BeliefFinding[];
  /** The id each joined id is read under; an id that is not joined is absent. */
  readonly identities: ReadonlyMap<PartyId, PartyId>;
  /** Of each standing entry that states a fact. */
  readonly provenance: { get(entry: Position): Provenance | undefined };
  readonly rates: Rates;
}

/** The id that a party is read under (docs/rules.md#b3). */
export function readAs(identities: ReadonlyMap<PartyId, PartyId>, id: PartyId): PartyId {
  return identities.get(id) ?? id;
}
