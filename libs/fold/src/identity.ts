import { UNDISCLOSED, type PartyId } from '#libs/events';
import { circlesOf } from './circles.ts';
import type { BeliefFinding } from './fact.ts';
import type { Day, Position } from './timeline.ts';
import { byRank, type Ranked } from './strength.ts';

const FIRST_DAY: Day = '0001-01-01';

/** A standing claim that two ids are one party. */
export interface SameAs extends Ranked {
  readonly party: PartyId;
  readonly sameAs: PartyId;
}

export interface Identities {
  /** Under which id each joined id is read; ids that are not joined are absent. */
  readonly reads: ReadonlyMap<PartyId, PartyId>;
  readonly findings: readonly BeliefFinding[];
}

/**
 * Everything said under `party` is read under `sameAs`, and so on from there. Of several claims on
 * one party the strongest, then the newest counts. `undisclosed` is an account and no party: it is
 * never joined. A circle joins nothing and raises `identity-cycle` at each party in it; what leads
 * into a circle is still joined to where it leads. Nothing dates an identity, so nor a circle: it
 * shows on every day.
 * Rule: docs/rules.md#b3
 */
export function identitiesOf(claims: Iterable<SameAs>): Identities {
  const counting = countingOf(claims);
  const graph = new Map([...counting].map(([party, { sameAs }]) => [party, [sameAs]]));
  const circles = circlesOf(graph).filter(([party, other]) => {
    return other !== undefined || (party !== undefined && counting.get(party)?.sameAs === party);
  });
  const findings = circles.flatMap((circle) => cycleFindings(circle, counting));
  for (const party of circles.flat()) counting.delete(party);
  const reads = new Map<PartyId, PartyId>();
  for (const party of counting.keys()) reads.set(party, endOf(party, counting));
  return { reads, findings };
}

/** Whether a claim can join two ids at all. */
export function joins(party: PartyId, sameAs: PartyId | undefined): sameAs is PartyId {
  return sameAs !== undefined && party !== UNDISCLOSED && sameAs !== UNDISCLOSED;
}

function countingOf(claims: Iterable<SameAs>): Map<PartyId, SameAs> {
  const counting = new Map<PartyId, SameAs>();
  for (const claim of claims) {
    const other = counting.get(claim.party);
    if (other === undefined || byRank(claim, other) < 0) counting.set(claim.party, claim);
  }
  return counting;
}

function cycleFindings(
  circle: readonly PartyId[],
  counting: ReadonlyMap<PartyId, SameAs>,
): BeliefFinding[] {
  const claims = circle.flatMap((party) => counting.get(party) ?? []);
  const entries = claims.map(({ position }): Position => position).sort((a, b) => a - b);
  return claims.map(({ party }) => ({
    kind: 'identity-cycle',
    company: party,
    from: FIRST_DAY,
    entries,
  }));
}

function endOf(party: PartyId, counting: ReadonlyMap<PartyId, SameAs>): PartyId {
  let end = party;
  for (let next = counting.get(end); next !== undefined; next = counting.get(end)) {
    end = next.sameAs;
  }
  return end;
}
