import { backingOf, joined, named, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import type { Money, Participant, RoundClosed, Stated } from '../fact.ts';
import type { ClaimStep } from '../timeline.ts';
import { ascending } from '../order.ts';

/**
 * A convertible round moves no units: each participant has a claim, until a conversion names the
 * round.
 * Rule: docs/rules.md#r7
 */
export function lend(change: Change, round: RoundClosed): void {
  const { roundId, tranche } = round;
  const claims = round.participants.map((participant): ClaimStep => {
    const amount = paidBy(round, participant);
    const backing = joined(backingOf(round), named(participant.investor), named(amount));
    return {
      holder: participant.investor.value,
      roundId,
      tranche,
      currency: amount?.value.currency ?? null,
      amount: amount?.value.amount ?? null,
      ended: false,
      entries: ascending(backing.entries),
    };
  });
  const earlier = change.company.claims.get(roundId) ?? [];
  change.amend({ claims: change.company.claims.set(roundId, [...earlier, ...claims]) });
  for (const claim of claims) note(change, claim);
}

/** What a participant paid: its amount, or the round's if it was alone (docs/rules.md#r7). */
export function paidBy(round: RoundClosed, participant: Participant): Stated<Money> | undefined {
  const isAlone = round.participants.length === 1 && round.participantsComplete !== undefined;
  return participant.amount ?? (isAlone ? round.amount : undefined);
}

/** Conversions name the rounds whose claims they end. */
export function endClaims(change: Change, round: RoundClosed): void {
  if (round.conversions === undefined) return;
  const backing = joined(backingOf(round), named(round.conversions));
  for (const { fromRoundId } of round.conversions.value) {
    const claims = change.company.claims.get(fromRoundId) ?? [];
    change.amend({ claims: change.company.claims.without(fromRoundId) });
    for (const claim of claims) note(change, ended(claim, backing));
  }
}

function ended(claim: ClaimStep, { entries }: Backing): ClaimStep {
  return { ...claim, ended: true, entries: ascending([...claim.entries, ...entries]) };
}

/** The day says of a claim what was noted last. */
function note(change: Change, claim: ClaimStep): void {
  const { holder, roundId, tranche, currency } = claim;
  change.claims.set(JSON.stringify([holder, roundId, tranche, currency]), claim);
}
