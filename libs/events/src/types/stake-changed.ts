import { z } from 'zod';
import { consideration } from '../consideration.ts';
import { decimal, positiveDecimal, ratio } from '../decimal.ts';
import { holdingFields } from '../holding.ts';
import { sequence } from '../ordinal.ts';
import { partialDate } from '../partial-date.ts';
import { partyId, stockClass } from '../party.ts';
import { eventReference } from '../reference.ts';
import { sources } from '../source.ts';
import { identifier, listOf, oneOf } from '../text.ts';
import { Versions } from '../versions.ts';

const comparison = z.object(
  { holder: partyId, relation: oneOf('more', 'less', 'equal') },
  { error: 'a comparison {holder, relation}' },
);

const kind = oneOf(
  'issuance',
  'transfer',
  'repurchase',
  'cancellation',
  'conversion',
  'exercise',
  'split',
  'disclosure',
  'exit',
);

const schema = z.object(
  {
    transactionId: identifier,
    company: partyId,
    holder: partyId.exactOptional(),
    effectiveOn: partialDate,
    sequence: sequence.exactOptional(),
    kind,
    stockClass: stockClass.exactOptional(),
    ...holdingFields,
    sharesOutstanding: positiveDecimal.exactOptional(),
    counterparty: partyId.exactOptional(),
    toStockClass: stockClass.exactOptional(),
    toShares: decimal.exactOptional(),
    ratio: ratio.exactOptional(),
    consideration,
    comparedWith: listOf(comparison, 'comparisons'),
    sources,
    supersedes: eventReference.exactOptional(),
  },
  { error: 'the data of stake-changed, an object' },
);

/** One holder's stake changed or became known. A split is nobody's: it is of the whole class. */
export const stakeChanged = Versions.first({
  schema,
  conditions: [
    { rule: 'absent', field: 'holder', when: { field: 'kind', is: ['split'] } },
    {
      rule: 'required',
      field: 'holder',
      when: { field: 'kind', is: kind.options.filter((word) => word !== 'split') },
    },
    {
      rule: 'required',
      field: 'stockClass',
      when: { field: 'kind', is: ['conversion', 'exercise'] },
    },
  ],
});
