import { backingOf, joined } from '../backing.ts';
import type { Change } from '../change.ts';
import { isPositive, minus, ONE, over } from '../exact.ts';
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
import { termsOf, type Beside, type Terms } from './terms.ts';

/**
 * Issues an equity round and what its conversions turn into stock.
 * Rule: docs/rules.md#r2
 */
export function closeEquity(change: Change, round: RoundClosed): void {
  const beside = besideOf(change, round);
  const terms = termsOf(change, round, beside);
  if (terms === 'unusable') issueNothing(change, round);
  else if (terms === 'unstated') issueConversionsAlone(change, round, beside);
  else issueRound(change, round, terms);
}

function issueRound(change: Change, round: RoundClosed, terms: Terms): void {
  const shares = shareOut(change, round, terms);
  const added = shares.given + unitsConverted(change, round, terms.total);
  if (!fits(change, added, entriesOf(round, shares.backing))) {
    issueNothing(change, round);
    return;
  }
  const give: Give = (to, units, feed) => {
    issue(change, to, units, feed);
  };
  distribute(change, round, { terms, shares, give, origin: 'round' });
  issueConversions(change, round, { total: terms.total, backing: shares.backing });
  if (shares.backing.estimated && added > 0n) change.estimateTotals();
}

/** Nobody stated what the round itself issued: T′ leaves out what the conversions take. */
function issueConversionsAlone(change: Change, round: RoundClosed, beside: Beside): void {
  const left = minus(ONE, beside.part);
  if (!isPositive(left)) {
    change.find('over-allocated', entriesOf(round, beside.backing));
    issueNothing(change, round);
    return;
  }
  const total = over(change.total, left);
  const backing = joined(backingOf(round), beside.backing);
  const added = unitsConverted(change, round, total);
  if (!fits(change, added, backing.entries)) {
    issueNothing(change, round);
    return;
  }
  issueConversions(change, round, { total, backing });
  if (backing.estimated && added > 0n) change.estimateTotals();
  leaveUnpriced(change, round);
}

function issueNothing(change: Change, round: RoundClosed): void {
  giveUnknownConversions(change, round);
  leaveUnpriced(change, round);
}

/**
 * A round that can issue nothing gives its participants an unknown stake; in a notional company
 * nobody knows any longer how far every other line was diluted.
 * Rule: docs/rules.md#r4
 */
function leaveUnpriced(change: Change, round: RoundClosed): void {
  giveUnknownStakes(change, round, { participants: round.participants, origin: 'round' });
  if (!change.isRegister) change.estimateTotals();
}
