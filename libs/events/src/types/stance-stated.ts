import { z } from 'zod';
import { partialDate } from '../partial-date.ts';
import { partyId, partyOrSector } from '../party.ts';
import { eventReference } from '../reference.ts';
import { sources } from '../source.ts';
import { freeText, identifier, oneOf } from '../text.ts';
import { Versions } from '../versions.ts';

const schema = z.object(
  {
    stanceId: identifier,
    party: partyId,
    toward: partyOrSector,
    stance: oneOf('investing', 'cautious', 'not-investing', 'reassessing'),
    effectiveOn: partialDate,
    why: freeText.exactOptional(),
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of stance-stated, an object' },
);

/** What a party says it will do. */
export const stanceStated = Versions.first({ schema, conditions: [] });
