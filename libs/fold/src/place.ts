import { compareUtf8, type PartyId } from '#libs/events';
import type { Fact, PartialDay } from './fact.ts';
import { homeOfFact } from './home.ts';
import type { Day } from './timeline.ts';

/**
 * Whether others may take their day from this fact: a round of any kind, or an issuance. Its own
 * date's earliest day is where it anchors them.
 * Rule: docs/rules.md#t1
 */
export function isAnchor(fact: Fact): boolean {
  return (
    fact.type === 'round-closed' ||
    (fact.type === 'stake-changed' && fact.kind.value === 'issuance')
  );
}

/** The days on which a company's rounds and issuances anchor vaguer facts, ascending. */
export function anchorsOf(company: PartyId, facts: Iterable<Fact>): Day[] {
  const days: Day[] = [];
  for (const fact of facts) {
    if (isAnchor(fact) && homeOfFact(fact) === company) days.push(fact.date.earliest);
  }
  return days.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** True: a later anchor within its period would move it (T1). */
export function isVaguelyPlaced(fact: Fact): boolean {
  return fact.type === 'stake-changed' && fact.date.precision !== 'day';
}

/**
 * The day a fact takes effect: the earliest of its date. A stake-changed dated by month or longer
 * takes the day of the last round or issuance of its company within its period.
 * Rule: docs/rules.md#t1
 */
export function dayOf(fact: Fact, anchors: readonly Day[]): Day {
  if (!isVaguelyPlaced(fact)) return fact.date.earliest;
  const anchor = lastWithin(fact.date, anchors);
  return anchor ?? fact.date.earliest;
}

function lastWithin({ earliest, latest }: PartialDay, anchors: readonly Day[]): Day | null {
  let low = 0;
  let high = anchors.length; // Anchors below `low` are not after the period, those from `high` on are.
  while (low < high) {
    const middle = (low + high) >> 1;
    const anchor = anchors[middle];
    if (anchor !== undefined && anchor <= latest) low = middle + 1;
    else high = middle;
  }
  const last = anchors[low - 1];
  return last !== undefined && last >= earliest ? last : null;
}

/**
 * The order of the facts of one day: `sequence` or 0, then issuances in shares, rounds, other
 * stake-changed, disclosures, then business keys. Figures that are no deals come last.
 * Rule: docs/rules.md#t2
 */
export function compareFacts(a: Fact, b: Fact): number {
  const sequence = sequenceOf(a) - sequenceOf(b);
  if (sequence !== 0) return sequence;
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  return compareUtf8(a.key, b.key);
}

function sequenceOf(fact: Fact): number {
  switch (fact.type) {
    case 'round-closed':
    case 'stake-changed':
      return fact.sequence?.value ?? 0;
    case 'deal-announced':
    case 'party-described':
    case 'stance-stated':
    case 'figure-stated':
    case 'fx-rate-published':
      return 0;
  }
}

function rankOf(fact: Fact): number {
  if (fact.type === 'round-closed') return 1;
  if (fact.type !== 'stake-changed') return 4;
  if (fact.kind.value === 'disclosure') return 3;
  return fact.kind.value === 'issuance' && fact.shares !== undefined ? 0 : 2;
}
