import type { Change } from '../change.ts';
import { UNDISCLOSED } from '../company.ts';
import type { RoundClosed } from '../fact.ts';
import { move, undisclosedGives } from '../register.ts';
import { giveUndisclosed } from '../reveal.ts';
import { entriesOf, giveUnknownStakes } from './round.ts';
import { distribute, shareOut, type Give } from './sharing-out.ts';
import { NOTHING_BESIDE, termsOf } from './terms.ts';

/**
 * Holders nobody named sell: shared out like an equity round, but T stays as it is and the units
 * come from `undisclosed`, which goes below zero where it has not enough. They take the round's class.
 * Rule: docs/rules.md#r5
 */
export function closeSecondary(change: Change, round: RoundClosed): void {
  const terms = termsOf(change, round, NOTHING_BESIDE);
  if (terms === 'unusable' || terms === 'unstated') {
    giveUnknownStakes(change, round, { participants: round.participants, origin: 'secondary' });
    return;
  }
  const shares = shareOut(change, round, terms);
  const stockClass = round.stockClass?.value ?? null;
  const gives = (of: string | null): boolean => undisclosedGives(stockClass, of);
  const give: Give = (to, units, feed) => {
    const gift = { to: to.holder, gives, into: stockClass, feed };
    const missing = giveUndisclosed(change, gift, units);
    if (missing === 0n) return;
    change.find('overdrawn', entriesOf(round, shares.givenBacking));
    const from = { holder: UNDISCLOSED, stockClass };
    move(change, { from, to, units: missing }, feed);
  };
  distribute(change, round, { terms, shares, give, origin: 'secondary' });
}
