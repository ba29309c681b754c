import type { Basis, Company } from './company.ts';
import type { Fact } from './fact.ts';
import type { Fraction, Units } from './fraction.ts';
import { ONE, compare, decimal, exactly, minus, over, posted, times } from './fraction.ts';
import { Grounds } from './grounds.ts';

/** How many units a stake-changed is about. */
export interface Quantity {
  readonly units: Units;
  readonly basis: Basis;
}

/** A stated part of a whole. */
interface StatedPart {
  readonly part: Fraction;
  readonly fullyDiluted: boolean;
}

/** Behind everything a stake-changed posts: its claims, its names, and the figure it is posted by. */
export function stakeGrounds(company: Company, fact: Fact): Grounds {
  const { holder, counterparty, shares, sharesQualifier, sharesOutstanding } = fact.fields;
  const { ownership, ownershipQualifier } = fact.fields;
  const grounds = Grounds.of(fact).use(holder).use(counterparty);
  if (company.register === 'recorded' && shares !== undefined) {
    return grounds.use(shares, sharesQualifier);
  }
  if (shares !== undefined && sharesOutstanding !== undefined) {
    return grounds.use(shares, sharesQualifier).use(sharesOutstanding);
  }
  return grounds.use(ownership, ownershipQualifier);
}

/**
 * S1: "q = `shares` (notional: shares / sharesOutstanding), else `ownership`, × the outstanding units (× T if
 * fully-diluted; for an issuance T·p/(1−p))." Null: no usable figure, with the finding that says why.
 */
export function quantity(company: Company, fact: Fact): Quantity | null {
  const { shares, kind } = fact.fields;
  const issuance = kind?.value === 'issuance';
  if (company.register === 'recorded') {
    if (shares !== undefined) return sharesOf(fact, shares.value);
    // U3: "From then on only share quantities issue".
    if (issuance) return null;
  }
  const stated = statedPart(company, fact);
  if (stated === null) return null;
  const whole = wholeOf(company, stated.fullyDiluted || issuance);
  if (whole === null) {
    company.raise('nothing-outstanding', stakeGrounds(company, fact).entries);
    return null;
  }
  const { part } = stated;
  // U5: "Fractions that leave nothing for others (an issuance of 1, a part above 1): `over-allocated`".
  if (compare(part, ONE) > 0 || (issuance && compare(part, ONE) === 0)) {
    company.raise('over-allocated', stakeGrounds(company, fact).entries);
    return null;
  }
  const units = issuance ? over(times(whole, part), minus(ONE, part)) : times(whole, part);
  return { units: posted(units), basis: 'disclosed' };
}

const sharesOf = ({ fields }: Fact, shares: string): Quantity => ({
  units: posted(decimal(shares)),
  basis: fields.kind?.value === 'disclosure' ? 'disclosed' : 'recorded',
});

/** U5: "T ≤ 0 stops what is a fraction of it"; so does an outstanding part of it that is ≤ 0. */
export function wholeOf(company: Company, optionsIncluded: boolean): Fraction | null {
  const { unitsInIssue, unitsOutstanding } = company;
  const whole = optionsIncluded ? unitsInIssue : unitsOutstanding;
  return unitsInIssue <= 0n || whole <= 0n ? null : exactly(whole);
}

/**
 * U2: "`shares` count only with `sharesOutstanding` (ownership = shares / sharesOutstanding); without it, and
 * where no other figure serves (`ownership` beside it, or m and P), finding `shares-without-outstanding` and
 * nothing moves."
 */
function statedPart(company: Company, fact: Fact): StatedPart | null {
  const { shares, sharesOutstanding, ownership, ownershipBasis } = fact.fields;
  if (shares !== undefined && sharesOutstanding !== undefined) {
    const part = over(decimal(shares.value), decimal(sharesOutstanding.value));
    return { part, fullyDiluted: false };
  }
  if (ownership !== undefined) {
    const fullyDiluted = ownershipBasis?.value === 'fully-diluted';
    return { part: decimal(ownership.value), fullyDiluted };
  }
  if (shares !== undefined) {
    company.raise('shares-without-outstanding', Grounds.of(fact).use(shares).entries);
  }
  return null;
}
