import { businessKey, mentions } from '#libs/events';
import type { Claim } from '#libs/events';
import { linksOf } from '#libs/fold';
import type { Link } from '#libs/fold';
import { isReadable } from './ledger-entry.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** Every link that an entry is found by; of one that cannot be read its company. */
export function linksBorneBy(entry: LedgerEntry): readonly Link[] {
  if (!isReadable(entry)) return entry.company === null ? [] : [`company:${entry.company}`];
  const rate = linkToRate(entry.claim);
  return rate === null ? linksOf(entry.claim) : [...linksOf(entry.claim), rate];
}

/** Links the claims on one rate, which the fold finds by its pair of currencies; null: no rate. */
export function linkToRate(claim: Claim): Link | null {
  return claim.type === 'fx-rate-published' ? `rate:${businessKey(claim) ?? ''}` : null;
}

/** Links the entries that mean to remove an entry. */
export function linkToRemovers({ source, id }: Claim): Link {
  return `target:${source} ${id}`;
}

/** The links that a fold will ask for when it reads an entry: worth looking up beforehand. */
export function linksRaisedBy(claim: Claim): Link[] {
  return [
    linkToRemovers(claim),
    ...linksOf(claim).filter((link) => /^(?:key|deal):/.test(link)),
    ...mentions(claim).map((party) => `same-as:${party}`),
  ];
}

/** `deal:series-b` -> `['deal', 'series-b']` */
export function partsOf(link: Link): [kind: string, name: string] {
  const colon = link.indexOf(':');
  return [link.slice(0, colon), link.slice(colon + 1)];
}
