export { CLAIM_TYPES, type Claim, type ClaimOf, type ClaimType, type DataOf } from './claim.ts';
export { businessKey, type ClaimIndex } from './claim-index.ts';
export type { ComputeCommitment, ConsiderationPart } from './consideration.ts';
export { currency, type Currency } from './currency.ts';
export { decimal, fraction, type Decimal, type Ratio } from './decimal.ts';
export { REASON_CODES, type Fault, type FaultCode, type ReasonCode } from './fault.ts';
export type { Header } from './headers.ts';
export type { OwnershipBasis } from './holding.ts';
export { jsonSchemas } from './json-schemas.ts';
export { mentions } from './mentions.ts';
export { money, type Money, type Qualifier } from './money.ts';
export {
  day,
  parsePartialDate,
  partialDate,
  type DateRange,
  type Day,
  type PartialDate,
} from './partial-date.ts';
export { UNDISCLOSED, isParty, partyId, partyOrSector, type PartyId } from './party.ts';
export { VALUE_BYTES_MAX, read, readEnvelope, type Reading, type Received } from './read.ts';
export { eventReference, eventSource, type EventReference } from './reference.ts';
export type { RoundType } from './round-type.ts';
export type { Source } from './source.ts';
export { identifier } from './text.ts';
export { compareUtf8 } from './utf8.ts';
