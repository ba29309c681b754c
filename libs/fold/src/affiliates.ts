import { compareUtf8, type PartyId } from '#libs/events';
import type { Belief } from './belief.ts';
import type { Affiliation, PartyDescribed } from './fact.ts';
import { historyOfParty } from './histories.ts';
import type { Day } from './timeline.ts';

/**
 * Whose holdings a portfolio shows: the investor's own; its group's, by chains of subsidiaries and
 * funds; or those of the group and of whoever has one link of any kind to a member of it.
 */
export type Scope = 'own' | 'group' | 'affiliates';

/** The holders in scope of an investor, itself among them, by the affiliations valid on a day. */
export function holdersIn(
  belief: Belief,
  { investor, scope, asOf }: { investor: PartyId; scope: Scope; asOf: Day },
): readonly PartyId[] {
  const group = new Set([investor]);
  if (scope === 'own') return [investor];
  const links = linksOn(belief, asOf);
  const queue = [investor];
  for (let member = queue.pop(); member !== undefined; member = queue.pop()) {
    for (const { party, kind } of links.get(member) ?? []) {
      if ((kind !== 'subsidiary' && kind !== 'fund') || group.has(party)) continue;
      group.add(party);
      queue.push(party);
    }
  }
  const linked = [...group].flatMap((member) => (links.get(member) ?? []).map((of) => of.party));
  const holders = scope === 'group' ? [...group] : [...new Set([...group, ...linked])];
  return holders.sort(compareUtf8);
}

interface AffiliatedParty {
  readonly party: PartyId;
  readonly kind: Affiliation['kind'];
}

/** Who says it is affiliated to each party, on a day. */
function linksOn(belief: Belief, asOf: Day): ReadonlyMap<PartyId, readonly AffiliatedParty[]> {
  const links = new Map<PartyId, AffiliatedParty[]>();
  for (const [party, facts] of belief.byCompany) {
    const told = facts.filter(
      (fact): fact is PartyDescribed =>
        fact.type === 'party-described' && fact.party === party && fact.date.earliest <= asOf,
    );
    const affiliations = historyOfParty(told).at(-1)?.affiliations?.value ?? [];
    for (const affiliation of affiliations.filter((of) => isValid(of, asOf))) {
      const { to, kind } = affiliation;
      links.set(to, [...(links.get(to) ?? []), { party, kind }]);
    }
  }
  return links;
}

function isValid({ from, until }: Affiliation, asOf: Day): boolean {
  return (
    (from === undefined || from.earliest <= asOf) && (until === undefined || asOf <= until.latest)
  );
}
