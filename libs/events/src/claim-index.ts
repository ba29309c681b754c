import { quoteAny as quote } from './canonical.ts';
import type { Claim, ClaimOf } from './claim.ts';
import { earliestDay, type Day, type PartialDate } from './partial-date.ts';
import type { PartyId } from './party.ts';

/** What a claim is found by. */
export interface ClaimIndex {
  readonly businessKey: string | null;
  /** The data's `company`; null for types that have none. */
  readonly company: PartyId | null;
  /** The earliest day of the claim's date. */
  readonly effectiveOn: Day | null;
  /** The envelope's time, µs since 1970 UTC. */
  readonly saidAt: bigint | null;
}

export function indexOf(claim: Claim, saidAt: bigint | null): ClaimIndex {
  const date = dateOf(claim);
  return {
    businessKey: businessKey(claim),
    company: companyOf(claim),
    effectiveOn: date === null ? null : earliestDay(date),
    saidAt,
  };
}

/**
 * Two reports of one fact share this text: a JSON list of the type and the parts of its key.
 * Null: a retraction states no fact. Rule: docs/rules.md#b4
 */
export function businessKey(claim: Claim): string | null {
  switch (claim.type) {
    case 'deal-announced':
      return `["${claim.type}",${quote(claim.data.dealId)},"${earliestDay(claim.data.announcedOn)}"]`;
    case 'round-closed':
      return `["${claim.type}",${quote(claim.data.roundId)},${claim.data.tranche ?? 1}]`;
    case 'stake-changed':
      return stakeKey(claim);
    case 'party-described':
      return `["${claim.type}","${claim.data.party}","${earliestDay(claim.data.effectiveOn)}"]`;
    case 'fx-rate-published':
      return `["${claim.type}","${claim.data.base}","${claim.data.quote}","${claim.data.on}"]`;
    case 'stance-stated':
      return `["${claim.type}",${quote(claim.data.stanceId)},"${earliestDay(claim.data.effectiveOn)}"]`;
    case 'figure-stated':
      return `["${claim.type}",${quote(claim.data.figureId)}]`;
    case 'entry-retracted':
      return null;
  }
}

/** Disclosures of one holding on one day are one fact, whatever transaction they name. */
function stakeKey({ type, data }: ClaimOf<'stake-changed'>): string {
  if (data.kind !== 'disclosure') return `["${type}",${quote(data.transactionId)}]`;
  const { company, holder, stockClass } = data;
  const ofClass = stockClass === undefined ? 'null' : `"${stockClass}"`;
  return `["${type}","${company}","${holder}",${ofClass},"${earliestDay(data.effectiveOn)}"]`;
}

function companyOf(claim: Claim): PartyId | null {
  switch (claim.type) {
    case 'deal-announced':
    case 'round-closed':
    case 'stake-changed':
      return claim.data.company;
    case 'party-described':
    case 'fx-rate-published':
    case 'stance-stated':
    case 'figure-stated':
    case 'entry-retracted':
      return null;
  }
}

function dateOf(claim: Claim): PartialDate | null {
  switch (claim.type) {
    case 'deal-announced':
      return claim.data.announcedOn;
    case 'round-closed':
      return claim.data.closedOn;
    case 'stake-changed':
    case 'party-described':
    case 'stance-stated':
      return claim.data.effectiveOn;
    case 'fx-rate-published':
    case 'figure-stated':
      return claim.data.on;
    case 'entry-retracted':
      return null;
  }
}
