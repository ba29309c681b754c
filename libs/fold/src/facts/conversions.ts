import { backingOf, feedOf, figured, joined, named, NO_BACKING, type Backing } from '../backing.ts';
import type { Change } from '../change.ts';
import { decimal, sum, times, toUnits, ZERO, type Rational } from '../exact.ts';
import type { Conversion, RoundClosed } from '../fact.ts';
import { giveUnknown } from '../pool.ts';
import { issue } from '../register.ts';
import type { Units } from '../timeline.ts';
import { lineInRound } from './round.ts';
import type { Beside } from './terms.ts';

/**
 * What a round's conversions take beside its own issue: parts of T′ in a notional company, shares
 * in a share register. The other form takes nothing.
 * Rule: docs/rules.md#r2
 */
export function besideOf(change: Change, round: RoundClosed): Beside {
  const usable = conversionsOf(round).filter((conversion) => isUsable(change, conversion));
  const total = sum(usable.map((conversion) => figureOf(change, conversion)));
  return {
    part: change.isRegister ? ZERO : total,
    units: change.isRegister ? toUnits(total) : 0n,
    backing:
      usable.length === 0
        ? NO_BACKING
        : joined(...usable.map((conversion) => behind(round, conversion, change))),
  };
}

/** Issues what the conversions take, of a T′ of so much; the others leave unknown stakes. */
export function issueConversions(
  change: Change,
  round: RoundClosed,
  { total, backing }: { total: Rational; backing: Backing },
): void {
  for (const conversion of conversionsOf(round)) {
    if (!isUsable(change, conversion)) {
      giveUnknownConversion(change, round, { conversion, backing });
      continue;
    }
    const basis = change.isRegister ? 'recorded' : 'disclosed';
    const feed = feedOf(basis, backing, behind(round, conversion, change));
    const to = lineInRound(round, conversion.holder);
    issue(change, to, unitsOf(change, conversion, total), feed);
  }
}

/** So many units the conversions take together. */
export function unitsConverted(change: Change, round: RoundClosed, total: Rational): Units {
  return conversionsOf(round)
    .filter((conversion) => isUsable(change, conversion))
    .reduce((units, conversion) => units + unitsOf(change, conversion, total), 0n);
}

/** Nothing can be issued: whoever converted holds something, but nobody knows what. */
export function giveUnknownConversions(change: Change, round: RoundClosed): void {
  const backing = backingOf(round);
  for (const conversion of conversionsOf(round)) {
    giveUnknownConversion(change, round, { conversion, backing });
  }
}

function giveUnknownConversion(
  change: Change,
  round: RoundClosed,
  { conversion, backing }: { conversion: Conversion; backing: Backing },
): void {
  const feed = feedOf('undisclosed', backing, named(round.conversions));
  giveUnknown(change, lineInRound(round, conversion.holder), { origin: 'round', feed });
}

function conversionsOf(round: RoundClosed): readonly Conversion[] {
  return round.conversions?.value ?? [];
}

function isUsable(change: Change, { shares, ownership }: Conversion): boolean {
  return (change.isRegister ? shares : ownership) !== undefined;
}

function figureOf(change: Change, { shares, ownership }: Conversion): Rational {
  const stated = change.isRegister ? shares : ownership;
  return stated === undefined ? ZERO : decimal(stated.figure);
}

function unitsOf(change: Change, conversion: Conversion, total: Rational): Units {
  const figure = figureOf(change, conversion);
  return toUnits(change.isRegister ? figure : times(figure, total));
}

function behind(round: RoundClosed, { shares, ownership }: Conversion, change: Change): Backing {
  const stated = change.isRegister ? shares : ownership;
  if (round.conversions === undefined || stated === undefined) return NO_BACKING;
  return figured({ entry: round.conversions.entry, value: stated });
}
