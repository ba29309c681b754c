import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holds } from '../../../test/property.ts';
import {
  compare,
  decimal,
  minus,
  ofUnits,
  over,
  plus,
  printAt,
  printPlain,
  printUnits,
  times,
  toUnits,
  toUnitsDown,
  type Rational,
} from './exact.ts';

const fraction = (numerator: bigint, denominator: bigint): Rational => ({ numerator, denominator });

describe('printing', () => {
  it.each([
    [fraction(10n, 23n), '0.434783'],
    [fraction(1n, 2_000_000n), '0.000000'], // A half goes to the even neighbour …
    [fraction(3n, 2_000_000n), '0.000002'], // … which may be above.
    [fraction(-1n, 3n), '-0.333333'],
    [fraction(-1n, 10_000_000n), '0.000000'], // Nothing is not below zero.
    [decimal('1'), '1.000000'],
  ])('rounds half-even at six decimals: %o', (value, printed) => {
    expect(printAt(value, 6)).toBe(printed);
  });

  it.each([
    ['1200000', '1200000'],
    ['0', '0'],
    ['100.50', '100.5'],
    ['0.0000000001', '0.0000000001'],
    ['9999999999999999999999999999.9999999999', '9999999999999999999999999999.9999999999'],
  ])('keeps %s without trailing zeros', (text, printed) => {
    expect(printPlain(decimal(text))).toBe(printed);
    expect(printUnits(toUnits(decimal(text)))).toBe(printed);
  });
});

describe('rounding', () => {
  it('posts half-even, and shares out rounded down', () => {
    const third = over(decimal('1'), decimal('3'));
    expect(toUnits(third)).toBe(3_333_333_333n);
    expect(toUnits(over(decimal('2'), decimal('3')))).toBe(6_666_666_667n);
    expect(toUnitsDown(over(decimal('2'), decimal('3')))).toBe(6_666_666_666n);
    expect(toUnitsDown(fraction(-2n, 3n))).toBe(-6_666_666_667n);
  });

  it('leaves less than half of the last place, and goes down by less than one', () => {
    const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    const parts = fc.bigInt({ min: 1n, max: 10n ** 20n });
    holds([digits, parts], (numerator, denominator) => {
      const value = fraction(numerator, denominator);
      const off = minus(ofUnits(toUnits(value)), value);
      const half = fraction(1n, 2n * 10n ** 10n);
      expect(compare(off, half)).toBeLessThanOrEqual(0);
      expect(compare(minus(decimal('0'), half), off)).toBeLessThanOrEqual(0);
      const below = minus(value, ofUnits(toUnitsDown(value)));
      expect(compare(below, decimal('0'))).toBeGreaterThanOrEqual(0);
      expect(compare(below, ofUnits(1n))).toBeLessThan(0);
    });
  });
});

describe('arithmetic', () => {
  it('is exact', () => {
    const values = fc.tuple(
      fc.bigInt({ min: -1000n, max: 1000n }),
      fc.bigInt({ min: 1n, max: 1000n }),
    );
    holds([values, values], ([a, b], [c, d]) => {
      const [x, y] = [fraction(a, b), fraction(c, d)];
      expect(compare(minus(plus(x, y), y), x)).toBe(0);
      if (c !== 0n) expect(compare(over(times(x, y), y), x)).toBe(0);
    });
  });
});
