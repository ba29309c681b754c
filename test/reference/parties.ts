import type { Believed } from './believe.ts';
import { byBytes } from './claims.ts';
import type { Fields } from './fact.ts';
import { dateOf } from './fact.ts';

/** B6: "Parties: as of a day the newest effective statement of each field holds." */
export function partyAsOf(believed: Believed, party: string, asOf: string): Fields {
  const told = believed.facts
    .filter(({ type, fields }) => type === 'party-described' && fields.party?.value === party)
    .filter((fact) => dateOf(fact).value.earliest <= asOf)
    .sort((a, b) => byBytes(dateOf(a).value.earliest, dateOf(b).value.earliest));
  return Object.assign({}, ...told.map(({ fields }) => fields)) as Fields;
}

/** Everybody described as a giant, as of a day. */
export function giants(believed: Believed, asOf: string): string[] {
  const described = believed.facts.filter(({ type }) => type === 'party-described');
  const parties = new Set(described.flatMap(({ fields }) => fields.party?.value ?? []));
  return [...parties]
    .filter((party) => partyAsOf(believed, party, asOf).roles?.value.includes('giant'))
    .sort(byBytes);
}
