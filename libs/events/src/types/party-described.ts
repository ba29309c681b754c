import { z } from 'zod';
import { partialDate } from '../partial-date.ts';
import { partyId } from '../party.ts';
import { eventReference } from '../reference.ts';
import { sources } from '../source.ts';
import { freeText, listOf, oneOf, shortName } from '../text.ts';
import { Versions } from '../versions.ts';

const affiliation = z.object(
  {
    to: partyId,
    kind: oneOf('subsidiary', 'fund', 'associate', 'founder-affiliated'),
    from: partialDate.exactOptional(),
    until: partialDate.exactOptional(),
  },
  { error: 'an affiliation {to, kind, from?, until?}' },
);

const schema = z.object(
  {
    party: partyId,
    name: freeText.exactOptional(),
    aliases: listOf(freeText, 'names'),
    roles: listOf(oneOf('company', 'giant', 'fund', 'person'), 'roles'),
    foundedOn: partialDate.exactOptional(),
    country: shortName.exactOptional(),
    sectors: listOf(shortName, 'sectors'),
    sameAs: partyId.exactOptional(),
    affiliations: listOf(affiliation, 'affiliations'),
    effectiveOn: partialDate,
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of party-described, an object' },
);

/** Who a party is, from a day on. */
export const partyDescribed = Versions.first({ schema, conditions: [] });
