import type { Change } from '../change.ts';
import type { RoundClosed } from '../fact.ts';
import { fits, issue } from '../register.ts';
import {
  besideOf,
  giveUnknownConversions,
  issueConversions,
  unitsConverted,
} from './conversions.ts';
import { entriesOf, giveUnknownStakes } from './round.ts';
import { distribute, shareOut, type Give } from './sharing-out.ts';
import { findUncounted, termsOf, type Terms } from './terms.ts';

/**
 * Issues an equity round and what its conversions turn into stock.
 * Rule: docs/rules.md#r2
 */
export function closeEquity(change: Change, round: RoundClosed): void {
  const beside = besideOf(change, round);
  const terms = termsOf(change, round, beside);
  findUncountedConversions(change, round);
  if (terms === 'unusable' || terms === 'unstated') issueNothing(change, round);
  else issueRound(change, round, terms);
}

/**
 * A conversion in shares is no part of a notional company; m and P are no figure of its own.
 * Rule: docs/rules.md#u2
 */
function findUncountedConversions(change: Change, round: RoundClosed): void {
  const { conversions } = round;
  const isUncounted = conversions?.value.some(({ shares, ownership }) => shares && !ownership);
  if (isUncounted === true) findUncounted(change, round, [conversions]);
}

function issueRound(change: Change, round: RoundClosed, terms: Terms): void {
  const shares = shareOut(change, round, terms);
  const added = shares.given + unitsConverted(change, round, terms.total);
  if (!fits(change, added, entriesOf(round, shares.givenBacking))) {
    issueNothing(change, round);
    return;
  }
  const give: Give = (to, units, feed) => {
    issue(change, to, units, feed);
  };
  distribute(change, round, { terms, shares, give, origin: 'round' });
  issueConversions(change, round, { total: terms.total, backing: shares.backing });
  const isEstimated = shares.givenBacking.estimated && added > 0n;
  if (isEstimated || terms.isUnpriced) change.estimateTotals();
}

function issueNothing(change: Change, round: RoundClosed): void {
  giveUnknownConversions(change, round);
  leaveUnpriced(change, round);
}

/**
 * A round that can issue nothing itself gives its participants an unknown stake; in a notional company
 * nobody knows any longer how far every other line was diluted.
 * Rule: docs/rules.md#r4
 */
function leaveUnpriced(change: Change, round: RoundClosed): void {
  giveUnknownStakes(change, round, { participants: round.participants, origin: 'round' });
  if (!change.isRegister) change.estimateTotals();
}
