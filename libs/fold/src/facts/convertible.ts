import { backingOf, joined, named, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import type { Money, Participant, RoundClosed, Stated } from '../fact.ts';
import type { ClaimStep } from '../timeline.ts';
import { ascending } from '../order.ts';

/**
 * A convertible round moves no units: each participant has a claim, one a currency, until a
 * conversion names the round.
 * Rule: docs/rules.md#r7
 */
export function lend(change: Change, round: RoundClosed): void {
  const { roundId, tranche } = round;
  const claims = round.participants.flatMap((participant): ClaimStep[] => {
    const paid = paidBy(round, participant);
    const backing = joined(backingOf(round), named(participant.investor), named(paid));
    const claim = {
      holder: participant.investor.value,
      roundId,
      tranche,
      ended: false,
      entries: ascending(backing.entries),
    };
    if (paid === undefined) return [{ ...claim, currency: null, amount: null }];
    return paid.value.map(({ currency, amount }) => ({ ...claim, currency, amount }));
  });
  const earlier = change.company.claims.get(roundId) ?? [];
  change.amend({ claims: change.company.claims.set(roundId, [...earlier, ...claims]) });
  for (const claim of claims) note(change, claim);
}

/**
 * What a participant paid, one sum a currency: its amounts, or the round's if it was alone.
 * Rule: docs/rules.md#r7
 */
export function paidBy(
  { amount, participants, participantsComplete }: RoundClosed,
  participant: Participant,
): Stated<readonly Money[]> | undefined {
  const isAlone = participants.length === 1 && participantsComplete !== undefined;
  if (participant.amounts !== undefined || amount === undefined || !isAlone) {
    return participant.amounts;
  }
  return { value: [amount.value], entry: amount.entry };
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
