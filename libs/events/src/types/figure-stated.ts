import { z } from 'zod';
import { decimal } from '../decimal.ts';
import { money } from '../money.ts';
import { partialDate } from '../partial-date.ts';
import { partyOrSector } from '../party.ts';
import { eventReference } from '../reference.ts';
import { sources } from '../source.ts';
import { identifier, oneOf, shortName } from '../text.ts';
import { Versions } from '../versions.ts';

const schema = z.object(
  {
    figureId: identifier,
    subject: partyOrSector,
    metric: oneOf(
      'valuation',
      'raised',
      'cash',
      'compute-share-of-funding',
      'compute-share-of-revenue',
      'rank',
      'months-to-amount',
    ),
    on: partialDate,
    country: shortName.exactOptional(),
    amount: money.exactOptional(),
    value: decimal.exactOptional(),
    low: decimal.exactOptional(),
    high: decimal.exactOptional(),
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of figure-stated, an object' },
);

/** A figure someone published that is no deal. */
export const figureStated = Versions.first({
  schema,
  conditions: [{ rule: 'together', fields: ['low', 'high'] }],
});
