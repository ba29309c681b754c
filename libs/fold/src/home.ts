import { isParty, parsePartialDate, type Claim, type PartyId } from '#libs/events';
import type { Fact } from './fact.ts';
import type { Day } from './timeline.ts';

/**
 * Where a claim is at home, as stated: the company of a deal, round or stake, the party of a
 * description or stance, the subject of a figure if it is a party. Null: a rate or a retraction.
 */
export function homeOf(claim: Claim): PartyId | null {
  switch (claim.type) {
    case 'deal-announced':
    case 'round-closed':
    case 'stake-changed':
      return claim.data.company;
    case 'party-described':
    case 'stance-stated':
      return claim.data.party;
    case 'figure-stated':
      return isParty(claim.data.subject) ? claim.data.subject : null;
    case 'fx-rate-published':
    case 'entry-retracted':
      return null;
  }
}

/** The company a claim names, as stated; null: its type names none. */
export function companyOf(claim: Claim): PartyId | null {
  switch (claim.type) {
    case 'deal-announced':
    case 'round-closed':
    case 'stake-changed':
      return claim.data.company;
    case 'party-described':
    case 'stance-stated':
    case 'figure-stated':
    case 'fx-rate-published':
    case 'entry-retracted':
      return null;
  }
}

/** The companies whose timelines a fact is part of: its own, and those where its conflicts show. */
export function placesOf(fact: Fact): readonly PartyId[] {
  const home = homeOfFact(fact);
  const elsewhere = fact.conflicts.flatMap(({ companies }) => companies);
  return [...new Set(home === null ? elsewhere : [home, ...elsewhere])];
}

/** Where a fact is at home, as read; null: a rate, or a figure of a sector. */
export function homeOfFact(fact: Fact): PartyId | null {
  switch (fact.type) {
    case 'deal-announced':
    case 'round-closed':
    case 'stake-changed':
      return fact.company.value;
    case 'party-described':
      return fact.party;
    case 'stance-stated':
      return fact.party.value;
    case 'figure-stated':
      return isParty(fact.subject.value) ? fact.subject.value : null;
    case 'fx-rate-published':
      return null;
  }
}

/** The first day that a claim's date can mean; null: a retraction has none. */
export function earliestOf(claim: Claim): Day | null {
  switch (claim.type) {
    case 'deal-announced':
      return earliestDay(claim.data.announcedOn);
    case 'round-closed':
      return earliestDay(claim.data.closedOn);
    case 'stake-changed':
    case 'party-described':
    case 'stance-stated':
      return earliestDay(claim.data.effectiveOn);
    case 'fx-rate-published':
    case 'figure-stated':
      return earliestDay(claim.data.on);
    case 'entry-retracted':
      return null;
  }
}

/** The first day that a date can mean. */
export function earliestDay(date: string): Day {
  return date.length === 'YYYY-MM-DD'.length ? date : parsePartialDate(date).earliest;
}
