import type { Claim, DataOf } from './claim.ts';
import { UNDISCLOSED, isParty, type PartyId } from './party.ts';

/**
 * Every party the claim names, once each, in the order of first mention. The account
 * `undisclosed` is no party where it holds, sells or invests.
 */
export function mentions(claim: Claim): PartyId[] {
  return [...new Set(named(claim).filter((party) => party !== undefined))];
}

type Named = (PartyId | undefined)[];

function named(claim: Claim): Named {
  switch (claim.type) {
    case 'deal-announced':
      return [claim.data.company, ...inDeal(claim.data)];
    case 'round-closed':
      return [claim.data.company, ...inDeal(claim.data), ...inConversions(claim.data)];
    case 'stake-changed':
      return inStake(claim.data);
    case 'party-described':
      return inDescription(claim.data);
    case 'stance-stated':
      return [claim.data.party, subject(claim.data.toward)];
    case 'figure-stated':
      return [subject(claim.data.subject)];
    case 'fx-rate-published':
    case 'entry-retracted':
      return [];
  }
}

const inDeal = ({
  participants = [],
  computeCommitments = [],
}: DataOf<'deal-announced'> | DataOf<'round-closed'>): Named => [
  ...participants.map(({ investor }) => holder(investor)),
  ...computeCommitments.map(({ provider }) => provider),
];

const inConversions = ({ conversions = [] }: DataOf<'round-closed'>): Named =>
  conversions.map((conversion) => holder(conversion.holder));

const inStake = (data: DataOf<'stake-changed'>): Named => [
  data.company,
  holder(data.holder),
  holder(data.counterparty),
  ...(data.comparedWith ?? []).map((comparison) => holder(comparison.holder)),
];

const inDescription = ({ party, sameAs, affiliations = [] }: DataOf<'party-described'>): Named => [
  party,
  sameAs,
  ...affiliations.map(({ to }) => to),
];

const holder = (party: PartyId | undefined): PartyId | undefined =>
  party === UNDISCLOSED ? undefined : party;

const subject = (text: string): PartyId | undefined => (isParty(text) ? text : undefined);
