import { mentions, type Claim, type PartyId } from '#libs/events';
import { homeOf } from './home.ts';
import { joins } from './identity.ts';
import { keyOf } from './key.ts';
import { referenceTo, targetsOf } from './retractions.ts';

/**
 * What an entry is found by, as text. An entry bears links; a company asks for links; an entry
 * concerns a company if it bears one that the company asks for.
 *
 * - `company:<id>`: at home there, as stated (the party of a description, a figure's subject too)
 * - `key:<business key>`: competes with whatever bears it
 * - `deal:<dealId>`: a stage of the deal, or a round that closes it
 * - `target:<source> <id>`: means to remove that entry
 * - `same-as:<id>`: says under which other id this one is to be read
 * - `joined-to:<id>`: says that another id is to be read under this one
 * - `pair:<currency>/<currency>`: a rate, in either direction
 */
export type Link = string;

/** Every link that a claim bears. */
export function linksOf(claim: Claim): readonly Link[] {
  const home = homeOf(claim);
  const { retracts, supersedes } = targetsOf(claim);
  return [
    ...(home === null ? [] : [linkToCompany(home)]),
    ...rivalLinks(claim),
    ...[retracts, supersedes].flatMap((target) => target ?? []).map(linkToRemovers),
    ...joiningLinks(claim),
    ...(claim.type === 'fx-rate-published' ? [linkToRates(claim.data.base, claim.data.quote)] : []),
  ];
}

/**
 * Links to the claims that compete with this one, and to the other stages of its deal. Claims whose
 * key names their company or party compete at home, once ids are joined.
 */
export function rivalLinks(claim: Claim): readonly Link[] {
  switch (claim.type) {
    case 'deal-announced':
      return [`deal:${claim.data.dealId}`];
    case 'round-closed': {
      const { dealId } = claim.data;
      return [linkToKey(claim), ...(dealId === undefined ? [] : [`deal:${dealId}`])];
    }
    case 'stake-changed':
      return claim.data.kind === 'disclosure' ? [] : [linkToKey(claim)];
    case 'stance-stated':
    case 'figure-stated':
      return [linkToKey(claim)];
    case 'party-described':
    case 'fx-rate-published':
    case 'entry-retracted':
      return [];
  }
}

/** Links to all that may change how the parties of a claim are read. */
export function partyLinks(claim: Claim): readonly Link[] {
  return mentions(claim).map(linkToIdentity);
}

/** Links to all that may remove an entry. */
export function removerLinks(claim: Claim): readonly Link[] {
  return [linkToRemovers(referenceTo(claim))];
}

/** The id that a description is read under, and the id that is read under it. */
export function joinOf(claim: Claim): { readonly party: PartyId; readonly sameAs: PartyId } | null {
  if (claim.type !== 'party-described') return null;
  const { party, sameAs } = claim.data;
  return joins(party, sameAs) ? { party, sameAs } : null;
}

export function linkToCompany(id: PartyId): Link {
  return `company:${id}`;
}

export function linkToIdentity(id: PartyId): Link {
  return `same-as:${id}`;
}

export function linkToJoined(id: PartyId): Link {
  return `joined-to:${id}`;
}

export function linkToRates(a: string, b: string): Link {
  return a < b ? `pair:${a}/${b}` : `pair:${b}/${a}`;
}

function linkToKey(claim: Exclude<Claim, { readonly type: 'entry-retracted' }>): Link {
  return `key:${keyOf(claim, (id) => id)}`;
}

function linkToRemovers(reference: string): Link {
  return `target:${reference}`;
}

function joiningLinks(claim: Claim): readonly Link[] {
  const join = joinOf(claim);
  return join === null ? [] : [linkToIdentity(join.party), linkToJoined(join.sameAs)];
}
