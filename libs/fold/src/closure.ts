import type { Claim, PartyId } from '#libs/events';
import { UNDISCLOSED } from '#libs/events';
import { currenciesOf } from './currencies.ts';
import type { Entry } from './entry.ts';
import { homeOf } from './home.ts';
import {
  joinOf,
  linksOf,
  linkToCompany,
  linkToIdentity,
  linkToJoined,
  linkToRates,
  partyLinks,
  removerLinks,
  rivalLinks,
  type Link,
} from './links.ts';
import { PIVOT } from './rates.ts';
import type { Position } from './timeline.ts';

/**
 * The entries that one company's timeline depends on, found by asking for links until no answer
 * raises a new question. Believing and folding them gives the company the same timeline as
 * believing and folding the whole ledger:
 *
 * - all that is at home at the company, or at an id that some claim, standing or not, reads as it
 * - all that competes with those, and all stages and closings of their deals
 * - what says under which id each party they name is read, and each id those lead to
 * - what means to remove any of these, and what means to remove that
 * - rates between any two of their currencies, and through USD, where they name more than one
 * - where claims about two companies compete for one change, whose conflict shows at both: all of
 *   this for the other company, too, whose rounds may place the change (T1)
 *
 * An entry that bears no link asked for cannot change the timeline.
 */
export class Closure {
  readonly entries = new Map<Position, Entry>();
  /** Every link asked for so far. */
  readonly links = new Set<Link>();
  readonly #companies = new Set<PartyId>();
  /** Entries that are at home, compete or belong to a deal here, not only join or remove. */
  readonly #involved = new Set<Position>();
  readonly #currencies = new Set<string>();
  /** Where the claims on a change are at home. */
  readonly #homes = new Map<Link, Set<PartyId>>();
  #unanswered: Link[] = [];

  constructor(company: PartyId) {
    this.#follow(company);
  }

  /** The links asked for since this was last called: everything that bears one is to be added. */
  ask(): readonly Link[] {
    const links = this.#unanswered;
    this.#unanswered = [];
    return links;
  }

  /** Adds entries that bear links asked for; others are let go. Gives those that are new. */
  add(entries: Iterable<Entry>): readonly Entry[] {
    const fresh: Entry[] = [];
    for (const entry of entries) {
      const links = linksOf(entry.claim);
      if (!links.some((link) => this.links.has(link))) continue;
      if (!this.entries.has(entry.position)) {
        this.entries.set(entry.position, entry);
        fresh.push(entry);
        this.#askAll(removerLinks(entry.claim));
      }
      this.#join(entry.claim);
      if (!this.#involved.has(entry.position) && this.#involves(entry.claim)) {
        this.#involved.add(entry.position);
        this.#involve(entry.claim);
      }
    }
    return fresh;
  }

  #involves(claim: Claim): boolean {
    const home = homeOf(claim);
    if (home !== null && this.#companies.has(home)) return true;
    return rivalLinks(claim).some((link) => this.links.has(link));
  }

  #involve(claim: Claim): void {
    this.#askAll(rivalLinks(claim));
    this.#askAll(partyLinks(claim));
    this.#askRates(currenciesOf(claim));
    if (claim.type !== 'stake-changed') return;
    for (const change of rivalLinks(claim)) this.#oppose(change, claim.data.company);
  }

  /** Claims about two companies compete for a change: each company may place it. */
  #oppose(change: Link, company: PartyId): void {
    const homes = this.#homes.get(change) ?? new Set();
    this.#homes.set(change, homes.add(company));
    if (homes.size > 1) for (const home of homes) this.#follow(home);
  }

  /** Reads on where an id leads, and takes in whoever is joined to a company. */
  #join(claim: Claim): void {
    const join = joinOf(claim);
    if (join === null) return;
    if (this.links.has(linkToIdentity(join.party))) this.#ask(linkToIdentity(join.sameAs));
    if (this.links.has(linkToJoined(join.sameAs))) this.#follow(join.party);
  }

  #follow(company: PartyId): void {
    if (this.#companies.has(company)) return;
    this.#companies.add(company);
    this.#ask(linkToCompany(company));
    if (company === UNDISCLOSED) return;
    this.#ask(linkToIdentity(company));
    this.#ask(linkToJoined(company));
  }

  #askRates(currencies: Iterable<string>): void {
    for (const currency of currencies) {
      if (this.#currencies.has(currency)) continue;
      const others = [...this.#currencies];
      this.#currencies.add(currency);
      if (others.length === 0) continue;
      for (const other of [...others, PIVOT]) {
        if (other !== currency) this.#ask(linkToRates(currency, other));
      }
      for (const other of others) if (other !== PIVOT) this.#ask(linkToRates(other, PIVOT));
    }
  }

  #askAll(links: Iterable<Link>): void {
    for (const link of links) this.#ask(link);
  }

  #ask(link: Link): void {
    if (this.links.has(link)) return;
    this.links.add(link);
    this.#unanswered.push(link);
  }
}
