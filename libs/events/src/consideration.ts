import { z } from 'zod';
import { decimal, fraction } from './decimal.ts';
import { money, qualifier } from './money.ts';
import { partyId } from './party.ts';
import { freeText, listOf, oneOf } from './text.ts';

/** One form in which a price was paid: its amount, or its portion of the price. */
export const considerationPart = z.object(
  {
    form: oneOf('cash', 'compute-credits', 'stock', 'other', 'unknown'),
    amount: money.exactOptional(),
    portion: fraction.exactOptional(),
    qualifier: qualifier.exactOptional(),
  },
  { error: 'a part of a price {form, amount?, portion?, qualifier?}' },
);
export type ConsiderationPart = z.infer<typeof considerationPart>;

export const consideration = listOf(considerationPart, 'parts of a price');

/** The company promises to buy compute from `provider`. */
export const computeCommitment = z.object(
  {
    provider: partyId,
    amount: money.exactOptional(),
    years: decimal.exactOptional(),
    note: freeText.exactOptional(),
  },
  { error: 'a compute commitment {provider, amount?, years?, note?}' },
);
export type ComputeCommitment = z.infer<typeof computeCommitment>;

export const computeCommitments = listOf(computeCommitment, 'compute commitments');
