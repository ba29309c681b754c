import type { Claim, DataOf, PartyId } from '#libs/events';
import { earliestDay } from './home.ts';

/** Gives the id a party is read under. */
export type Read = (id: PartyId) => PartyId;

/** Below every printable character, so that a shorter part sorts before its extensions. */
const SEPARATOR = '\u001f';

/** Digits of the largest tranche: tranches compare as numbers. */
const TRANCHE_DIGITS = 16;

/**
 * The business key, with every party read through the identities: claims with one key compete.
 * Keys sort by UTF-8 bytes as their parts do, no stock class before any. Null: a retraction.
 * Rule: docs/rules.md#b4
 */
export function keyOf(claim: Exclude<Claim, { type: 'entry-retracted' }>, read: Read): string;
export function keyOf(claim: Claim, read: Read): string | null;
export function keyOf(claim: Claim, read: Read): string | null {
  const parts = partsOf(claim, read);
  return parts === null ? null : [claim.type, ...parts].join(SEPARATOR);
}

function partsOf(claim: Claim, read: Read): readonly string[] | null {
  switch (claim.type) {
    case 'deal-announced':
      return [claim.data.dealId, earliestDay(claim.data.announcedOn)];
    case 'round-closed':
      return [claim.data.roundId, `${claim.data.tranche ?? 1}`.padStart(TRANCHE_DIGITS, '0')];
    case 'stake-changed':
      return partsOfStake(claim.data, read);
    case 'party-described':
      return [read(claim.data.party), earliestDay(claim.data.effectiveOn)];
    case 'fx-rate-published':
      return [claim.data.base, claim.data.quote, claim.data.on];
    case 'stance-stated':
      return [claim.data.stanceId, earliestDay(claim.data.effectiveOn)];
    case 'figure-stated':
      return [claim.data.figureId];
    case 'entry-retracted':
      return null;
  }
}

/** Disclosures of one holding on one day are one fact, whatever transaction they name. */
function partsOfStake(data: DataOf<'stake-changed'>, read: Read): readonly string[] {
  if (data.kind !== 'disclosure') return [data.transactionId];
  const { company, holder = '', stockClass = '', effectiveOn } = data;
  return ['disclosure', read(company), read(holder), stockClass, earliestDay(effectiveOn)];
}
