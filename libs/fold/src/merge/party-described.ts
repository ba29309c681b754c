import type { DataOf } from '#libs/events';
import { needDate, take, takeDate } from '../compete.ts';
import type { PartyDescribed } from '../fact.ts';
import type { Read } from '../key.ts';
import { present, readAffiliations, readDate, readList } from '../stated.ts';
import { compete, settled, type Group } from './group.ts';

/**
 * What a party is from a day on. `sameAs` competes and conflicts like any field, though it is only
 * read where identities are joined (docs/rules.md#b3, #b4).
 */
export function mergeParty(group: Group<'party-described'>, read: Read): PartyDescribed {
  const claims = compete(group, (data) => say(data, read));
  const party = read(group.ranked[0].claim.data.party);
  const foundedOn = takeDate(claims, 'foundedOn');
  take(claims, 'sameAs');
  const fields = {
    ...take(claims, 'name', 'aliases', 'roles', 'country', 'sectors', 'affiliations'),
    ...(foundedOn === undefined ? {} : { foundedOn }),
    date: needDate(claims, 'effectiveOn'),
  };
  return { type: 'party-described', party, ...fields, ...settled(group, claims, null) };
}

function say(data: DataOf<'party-described'>, read: Read) {
  return present({
    name: data.name,
    aliases: readList(data.aliases, (alias) => alias),
    roles: readList(data.roles, (role) => role),
    foundedOn: readDate(data.foundedOn),
    country: data.country,
    sectors: readList(data.sectors, (sector) => sector),
    sameAs: data.sameAs === undefined ? undefined : read(data.sameAs),
    affiliations: readAffiliations(data.affiliations, read),
    effectiveOn: readDate(data.effectiveOn),
  });
}
