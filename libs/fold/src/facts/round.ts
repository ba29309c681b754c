import { backingOf, feedOf, joined, named, type Backing } from '../backing.ts';
import type { Change, Feed } from '../change.ts';
import { poolOf, type LineKey, type Origin } from '../company.ts';
import type { Participant, RoundClosed } from '../fact.ts';
import { giveUnknown } from '../pool.ts';
import type { Position } from '../timeline.ts';

/** The line of somebody in the round's class. */
export function lineInRound(round: RoundClosed, holder: string): LineKey {
  return { holder, stockClass: round.stockClass?.value ?? null };
}

export function poolLineOf(round: RoundClosed): LineKey {
  return lineInRound(round, poolOf(round.roundId, round.tranche));
}

/** The round itself and who said that somebody took part in it. */
export function nameBehind(round: RoundClosed, participant: Participant): Backing {
  return joined(backingOf(round), named(participant.investor));
}

/**
 * All who took part have an unknown stake: nothing says what they bought.
 * Rule: docs/rules.md#n1
 */
export function giveUnknownStakes(
  change: Change,
  round: RoundClosed,
  { participants, origin }: { participants: readonly Participant[]; origin: Origin },
): void {
  for (const participant of participants) {
    const feed: Feed = feedOf('undisclosed', nameBehind(round, participant));
    giveUnknown(change, lineInRound(round, participant.investor.value), { origin, feed });
  }
}

/** The fact's entries and those of what it is about: what a finding points at. */
export function entriesOf(round: RoundClosed, ...backings: readonly Backing[]): Position[] {
  return [...joined(backingOf(round), ...backings).entries];
}
