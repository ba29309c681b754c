import { backingOf, figured, joined, named, type Backing } from './backing.ts';
import type { Change } from './change.ts';
import { decimal, isAbove, isPositive, minus, ONE, over, times, type Rational } from './exact.ts';
import type { StakeChanged } from './fact.ts';
import type { Basis, Position } from './timeline.ts';

/** How many units a stake-changed is about, and which figures say so. */
export interface Quantity {
  readonly units: Rational;
  readonly basis: Basis;
  readonly backing: Backing;
}

/** A stake as a fraction of a whole, as stated. */
interface Part {
  readonly fraction: Rational;
  readonly isFullyDiluted: boolean;
  readonly backing: Backing;
}

/**
 * The units a stake-changed is about: its shares (in a notional company as a part of
 * `sharesOutstanding`), else its ownership, of the outstanding units or of T.
 *
 * Null: no usable figure; a finding says so where one was stated.
 * Rule: docs/rules.md#s1
 */
export function quantityOf(change: Change, fact: StakeChanged): Quantity | null {
  const { shares } = fact;
  if (change.isRegister && shares !== undefined) {
    return {
      units: decimal(shares.value.figure),
      basis: 'recorded',
      backing: figured(shares),
    };
  }
  const part = partOf(change, fact);
  if (part === null) return null;
  return fact.kind.value === 'issuance'
    ? issuedPart(change, fact, part)
    : partOfWhole(change, fact, part);
}

/** In a notional company shares count only beside `sharesOutstanding` (docs/rules.md#u2). */
function partOf(change: Change, fact: StakeChanged): Part | null {
  const { shares, sharesOutstanding, ownership } = fact;
  if (!change.isRegister && shares !== undefined && sharesOutstanding !== undefined) {
    return {
      fraction: over(decimal(shares.value.figure), decimal(sharesOutstanding.value)),
      isFullyDiluted: false,
      backing: joined(figured(shares), named(sharesOutstanding)),
    };
  }
  if (ownership !== undefined) {
    return {
      fraction: decimal(ownership.value.figure),
      isFullyDiluted: ownership.value.basis === 'fully-diluted',
      backing: figured(ownership),
    };
  }
  if (shares !== undefined)
    change.find('shares-without-outstanding', [...backingOf(fact).entries, shares.entry]);
  return null;
}

/** T·p / (1 − p) units, so that they are the part p of what is in issue then. */
function issuedPart(change: Change, fact: StakeChanged, part: Part): Quantity | null {
  if (change.isRegister) return null; // From its opening on only share quantities issue (U3).
  if (!isPositive(change.total)) return nothingOutstanding(change, fact, part);
  const rest = minus(ONE, part.fraction);
  if (!isPositive(rest)) return overAllocated(change, fact, part);
  return disclosed(part, over(times(change.total, part.fraction), rest));
}

function partOfWhole(change: Change, fact: StakeChanged, part: Part): Quantity | null {
  const whole = part.isFullyDiluted ? change.total : change.outstanding;
  if (!isPositive(change.total) || !isPositive(whole))
    return nothingOutstanding(change, fact, part);
  if (isAbove(part.fraction, ONE)) return overAllocated(change, fact, part);
  return disclosed(part, times(whole, part.fraction));
}

function disclosed({ backing }: Part, units: Rational): Quantity {
  return { units, basis: 'disclosed', backing };
}

function nothingOutstanding(change: Change, fact: StakeChanged, part: Part): null {
  change.find('nothing-outstanding', entriesOf(fact, part));
  return null;
}

function overAllocated(change: Change, fact: StakeChanged, part: Part): null {
  change.find('over-allocated', entriesOf(fact, part));
  return null;
}

/** What would have stood behind the posting: what a finding about its quantity points at. */
function entriesOf(fact: StakeChanged, { backing }: Part): readonly Position[] {
  const { holder, counterparty } = fact;
  return joined(backingOf(fact), named(holder), named(counterparty), backing).entries;
}
