import type { Units } from './timeline.ts';

/** An exact fraction. The denominator is above zero; the parts need not be in lowest terms. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Decimals of a unit, of a publisher's Decimal and of a converted amount. */
const DECIMALS = 10;
const SCALE = 10n ** 10n;

export const ZERO: Rational = { numerator: 0n, denominator: SCALE };
export const ONE: Rational = { numerator: SCALE, denominator: SCALE };

/** A publisher's Decimal (at most 10 decimals), exactly. All share a denominator, so sums stay small. */
export function decimal(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.');
  return { numerator: BigInt(whole + fraction.padEnd(DECIMALS, '0')), denominator: SCALE };
}

/** Units as a fraction of one unit. */
export function ofUnits(units: Units): Rational {
  return { numerator: units, denominator: SCALE };
}

export function plus(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function minus(a: Rational, b: Rational): Rational {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function times(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
  };
}

/** a ÷ b, for a `b` that is not zero. */
export function over(a: Rational, b: Rational): Rational {
  const sign = b.numerator < 0n ? -1n : 1n;
  return {
    numerator: sign * a.numerator * b.denominator,
    denominator: sign * a.denominator * b.numerator,
  };
}

/** Below zero where a < b, zero where they are equal, above zero where a > b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isAbove(a: Rational, b: Rational): boolean {
  return compare(a, b) > 0;
}

export function isPositive(a: Rational): boolean {
  return a.numerator > 0n;
}

export function sum(terms: Iterable<Rational>): Rational {
  let total = ZERO;
  for (const term of terms) total = plus(total, term);
  return total;
}

/**
 * Rounds half-even to 10 decimals: what is posted to a register and what a converted amount is
 * before it is summed. One of the only two roundings.
 * Rule: docs/rules.md#u1
 */
export function toUnits(value: Rational): Units {
  return divideHalfEven(value.numerator * SCALE, value.denominator);
}

/** {@link toUnits}, as a fraction again. */
export function roundHalfEven(value: Rational): Rational {
  return value.denominator === SCALE ? value : ofUnits(toUnits(value));
}

/** A share of an issue never exceeds what its money bought: down to 10 decimals (docs/rules.md#r3). */
export function toUnitsDown(value: Rational): Units {
  const { numerator, denominator } = value;
  const quotient = (numerator * SCALE) / denominator;
  return numerator < 0n && quotient * denominator !== numerator * SCALE ? quotient - 1n : quotient;
}

/**
 * Prints half-even at a scale, such as `0.434783` at 6. The other of the only two roundings.
 * Rule: docs/rules.md#p1
 */
export function printAt(value: Rational, scale: number): string {
  const scaled = divideHalfEven(value.numerator * 10n ** BigInt(scale), value.denominator);
  return fixed(scaled, scale);
}

/** Prints to 10 decimals without trailing zeros (docs/rules.md#p1). */
export function printPlain(value: Rational): string {
  return printUnits(toUnits(value));
}

/** Prints units, such as `1200000` or `0.5`. */
export function printUnits(units: Units): string {
  const text = fixed(units, DECIMALS);
  return text.replace(/\.?0+$/, '');
}

function fixed(scaled: bigint, scale: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return scaled < 0n ? `-${text}` : text;
}

/** Nearest whole quotient; a half goes to the even neighbour. The denominator is above zero. */
function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < denominator || (twice === denominator && quotient % 2n === 0n)) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}
