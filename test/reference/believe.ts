import type { Entry, Said, Strength } from './claims.ts';
import { strengthOf } from './claims.ts';
import { conflicts } from './conflicts.ts';
import { period } from './dates.ts';
import type { Fact } from './fact.ts';
import { businessKey, dateOf } from './fact.ts';
import type { DatedFinding } from './finding.ts';
import { ascending } from './finding.ts';
import { identities, readClaim } from './identity.ts';
import { merge } from './merge.ts';
import { dayOf } from './order.ts';
import type { Removal } from './standing.ts';
import { known, standing } from './standing.ts';

/** What the entries up to a position add up to. */
export interface Believed {
  readonly facts: readonly Fact[];
  readonly findings: readonly DatedFinding[];
  readonly readUnder: (party: string) => string;
  readonly strength: (position: number) => Strength;
}

/** Both steps of 3-fold.md begin here: "entries ──believe(position)──▶ facts". */
export function believe(entries: readonly Entry[], position: number): Believed {
  const remembered = known(entries, position);
  const { standing: stands, removals } = standing(remembered);
  const { readUnder, findings } = identities(stands);
  const read = stands.map((entry) => ({ ...entry, claim: readClaim(entry.claim, readUnder) }));
  const facts = factsOf(read);
  return {
    facts,
    readUnder,
    findings: [
      ...findings,
      ...removedByOthers(removals, readUnder),
      ...facts.flatMap((fact) => conflictFindings(fact, facts)),
    ],
    strength: (at) => {
      const found = remembered.find((entry) => entry.position === at);
      if (found === undefined) throw new Error(`no entry at ${at}`);
      return strengthOf(found.claim);
    },
  };
}

function factsOf(entries: readonly Entry[]): Fact[] {
  const byKey = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.claim.type === 'entry-retracted') continue;
    const key = JSON.stringify(businessKey(entry.claim.type, entry.claim.data));
    byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  }
  return [...byKey.values()].flatMap((claims) => {
    const [first] = claims;
    if (first === undefined) return [];
    const { type, data } = first.claim;
    return [merge(type, businessKey(type, data), claims)];
  });
}

/**
 * B2: "Removing another source's entry is allowed and raises `retracted-by-another-source` at the removed
 * claim's company from that claim's earliest day on."
 */
function removedByOthers(
  removals: readonly Removal[],
  readUnder: (party: string) => string,
): DatedFinding[] {
  return removals
    .filter(({ by, removed }) => by.claim.source !== removed.claim.source)
    .flatMap(({ by, removed }) => {
      const { company } = removed.claim.data;
      if (company === undefined) return [];
      return [
        {
          kind: 'retracted-by-another-source' as const,
          companies: [readUnder(company)],
          day: earliestDayOf(removed.claim.data),
          entries: ascending([by.position, removed.position]),
        },
      ];
    });
}

const earliestDayOf = ({ announcedOn, closedOn, effectiveOn }: Said): string =>
  period(announcedOn ?? closedOn ?? effectiveOn ?? '0001').earliest;

/** B5: "raises `conflicting-claims`, shown from the fact's day on". */
function conflictFindings(fact: Fact, facts: readonly Fact[]): DatedFinding[] {
  return conflicts(fact).map(({ entries, companies }) => ({
    kind: 'conflicting-claims' as const,
    entries,
    companies,
    day: fact.type === 'fx-rate-published' ? dateOf(fact).value.earliest : dayOf(fact, facts),
  }));
}
