import { describe, expect, it } from '@jest/globals';
import { decimal, fraction, positiveDecimal } from './decimal.ts';

const most = '9'.repeat(28);
const least = `0.${'0'.repeat(9)}1`;

describe('a decimal', () => {
  it.each(['0', '0.00', '1500000.00', '007', most, `${most}.${'9'.repeat(10)}`, least])(
    'is %s',
    (text) => {
      expect(decimal.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    '',
    '-1',
    '-0',
    '+1',
    '.5',
    '5.',
    '1e3',
    '1,000',
    '1 000',
    ' 1',
    '1\n',
    'NaN',
    'Infinity',
    '0x10',
    '１',
    `1${most}`,
    `0.${'0'.repeat(10)}1`,
  ])('is not %j', (text) => {
    expect(decimal.safeParse(text).success).toBe(false);
  });

  it('above zero has a digit above zero', () => {
    expect([least, '10', '0.5'].every((text) => positiveDecimal.safeParse(text).success)).toBe(
      true,
    );
    expect(['0', '0.0', '000.000'].some((text) => positiveDecimal.safeParse(text).success)).toBe(
      false,
    );
  });
});

describe('a fraction', () => {
  it.each(['0', '1', '0.36', '1.0000000000', '0.0000000001', '0.9999999999', '01', '00.5'])(
    'is %s',
    (text) => {
      expect(fraction.safeParse(text).success).toBe(true);
    },
  );

  it.each(['1.0000000001', '1.1', '2', '10', '36', '36%', '0.00000000001', '-0.1'])(
    'is not %s',
    (text) => {
      expect(fraction.safeParse(text).success).toBe(false);
    },
  );
});
