import type { z } from 'zod';
import { decimal, fraction } from './decimal.ts';
import { qualifier } from './money.ts';
import { oneOf } from './text.ts';

/** Ownership is a part of what: absent means outstanding, which leaves out options. */
export const ownershipBasis = oneOf('outstanding', 'fully-diluted');
export type OwnershipBasis = z.infer<typeof ownershipBasis>;

/** The fields that say how much somebody holds: in shares, as a part of the whole, or both. */
export const holdingFields = {
  shares: decimal.exactOptional(),
  sharesQualifier: qualifier.exactOptional(),
  ownership: fraction.exactOptional(),
  ownershipQualifier: qualifier.exactOptional(),
  ownershipBasis: ownershipBasis.exactOptional(),
};
