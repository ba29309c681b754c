import type { DealAnnounced, PartyDescribed } from './fact.ts';

/**
 * A deal after each of its stages, along `announcedOn`: a field that a later stage does not state
 * carries forward, with the entry that stated it. A list of participants is one field.
 * Rule: docs/rules.md#b6
 */
export function historyOfDeal(stages: Iterable<DealAnnounced>): readonly DealAnnounced[] {
  return history(stages, (before, stage) => ({
    ...before,
    ...stage,
    participants: stage.participants.length > 0 ? stage.participants : before.participants,
  }));
}

/**
 * A party after each day on which something was said of it: as of a day, the newest effective
 * statement of each field holds.
 * Rule: docs/rules.md#b6
 */
export function historyOfParty(descriptions: Iterable<PartyDescribed>): readonly PartyDescribed[] {
  return history(descriptions, (before, description) => ({ ...before, ...description }));
}

/** A deal or a party has one fact a day at most: the day is in the business key. */
function history<F extends DealAnnounced | PartyDescribed>(
  facts: Iterable<F>,
  after: (before: F, fact: F) => F,
): readonly F[] {
  const states: F[] = [];
  for (const fact of [...facts].sort(byDay)) {
    const before = states.at(-1);
    states.push(before === undefined ? fact : after(before, fact));
  }
  return states;
}

function byDay(a: DealAnnounced | PartyDescribed, b: DealAnnounced | PartyDescribed): number {
  return a.date.earliest < b.date.earliest ? -1 : 1;
}
