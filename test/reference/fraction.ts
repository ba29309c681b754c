/** Exact rationals and units in fixed point, written for this reference alone. */

/** top / bottom, reduced, bottom above zero. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** Units in fixed point: 1n is 0.0000000001 of a unit. U1: "posted units are rounded half-even to 10 decimals". */
export type Units = bigint;

const UNIT = 10n ** 10n;

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));
const size = (n: bigint): bigint => (n < 0n ? -n : n);

export function ratio(top: bigint, bottom: bigint): Fraction {
  if (bottom === 0n) throw new RangeError('a fraction of nothing');
  const by = divisor(size(top), size(bottom)) * (bottom < 0n ? -1n : 1n);
  return { top: top / by, bottom: bottom / by };
}

export const ZERO: Fraction = { top: 0n, bottom: 1n };
export const ONE: Fraction = { top: 1n, bottom: 1n };

/** A Decimal of 1-events.md, such as "0.36". */
export function decimal(text: string): Fraction {
  const [digits = '0', decimals = ''] = text.split('.');
  return ratio(BigInt(digits + decimals), 10n ** BigInt(decimals.length));
}

export const plus = (a: Fraction, b: Fraction): Fraction =>
  ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction =>
  ratio(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
export const times = (a: Fraction, b: Fraction): Fraction =>
  ratio(a.top * b.top, a.bottom * b.bottom);
export const over = (a: Fraction, b: Fraction): Fraction =>
  ratio(a.top * b.bottom, a.bottom * b.top);
export const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, ZERO);

/** Below zero, zero or above zero as a is less than, equal to or more than b. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const floor = (top: bigint, bottom: bigint): bigint => top / bottom - (top % bottom < 0n ? 1n : 0n);

/** Half-even at so many decimals, as an integer of the last decimal. */
function halfEven(value: Fraction, places: bigint): bigint {
  const top = value.top * 10n ** places;
  const below = floor(top, value.bottom);
  const twice = 2n * (top - below * value.bottom);
  if (twice === value.bottom) return below % 2n === 0n ? below : below + 1n;
  return twice < value.bottom ? below : below + 1n;
}

/** U1: "posted units are rounded half-even to 10 decimals". */
export const posted = (units: Fraction): Units => halfEven(units, 10n);

/** R3: "issued × its amount / m, rounded down". */
export const roundedDown = (units: Fraction): Units => floor(units.top * UNIT, units.bottom);

/** P1: "A converted amount is rounded half-even to 10 decimals before it is summed." */
export const toTenDecimals = (value: Fraction): Fraction => ratio(halfEven(value, 10n), UNIT);

export const exactly = (units: Units): Fraction => ratio(units, UNIT);
export const units = (text: string): Units => posted(decimal(text));

/** The printed figure at a named scale, half-even: "ownership 6 decimals, step 6, multiple and converted amounts 2". */
export function print(value: Fraction, places: number): string {
  const scaled = halfEven(value, BigInt(places));
  const digits = size(scaled)
    .toString()
    .padStart(places + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}`;
}

/** P1: "Decimals print without trailing zeros unless a scale is named". */
export function printPlain(value: Fraction): string {
  const [whole = '0', decimals = ''] = print(value, 10).split('.');
  const kept = decimals.replace(/0+$/, '');
  return kept === '' ? (whole === '-0' ? '0' : whole) : `${whole}.${kept}`;
}
