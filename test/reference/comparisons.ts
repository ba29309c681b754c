import type { Relation } from './claims.ts';
import { byBytes, isOptionClass } from './claims.ts';
import type { Company, StandingComparison } from './company.ts';
import type { Fact } from './fact.ts';
import type { Finding } from './finding.ts';
import type { Units } from './fraction.ts';

const MIRRORED: Record<Relation, Relation> = { more: 'less', less: 'more', equal: 'equal' };

/** S4: "Of the comparisons of two parties the latest in order is in force until another". */
export function compareParties(company: Company, fact: Fact): void {
  const { holder, comparedWith } = fact.fields;
  if (holder === undefined || comparedWith === undefined) return;
  for (const { holder: than, relation } of comparedWith.value) {
    if (than === holder.value) continue;
    const same = (one: StandingComparison): boolean =>
      [one.holder, one.than].sort(byBytes).join(' ') ===
      [holder.value, than].sort(byBytes).join(' ');
    company.comparisons = company.comparisons.filter((one) => !same(one));
    company.comparisons.push({ holder: holder.value, than, relation, entry: comparedWith.entry });
  }
}

export interface ShownComparison {
  readonly than: string;
  readonly relation: Relation;
  readonly entry: number;
}

/** S4: "it shows on every line of either ({than, relation, entry}, mirrored)." */
export const comparisonsOf = (company: Company, party: string): ShownComparison[] =>
  company.comparisons
    .flatMap(({ holder, than, relation, entry }) => [
      ...(holder === party ? [{ than, relation, entry }] : []),
      ...(than === party ? [{ than: holder, relation: MIRRORED[relation], entry }] : []),
    ])
    .sort((a, b) => byBytes(a.than, b.than));

/** S4: "Both known without unknown stakes and contrary: `comparison-contradicted`." */
export const contradicted = (company: Company): Finding[] =>
  company.comparisons
    .filter(({ holder, than, relation }) => {
      const [a, b] = [knownUnits(company, holder), knownUnits(company, than)];
      if (a === null || b === null) return false;
      return relation !== (a > b ? 'more' : a < b ? 'less' : 'equal');
    })
    .map(({ entry }) => ({ kind: 'comparison-contradicted', entries: [entry] }));

function knownUnits(company: Company, party: string): Units | null {
  const accounts = company.accountsOf(party).filter(({ units }) => units !== 0n);
  const unknown = company.unknownStakes.some(({ holder }) => holder === party);
  if (accounts.length === 0 || unknown) return null;
  return accounts
    .filter(({ stockClass }) => !isOptionClass(stockClass))
    .reduce((all, { units }) => all + units, 0n);
}
