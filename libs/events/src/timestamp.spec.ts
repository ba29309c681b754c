import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { microsecondsOf } from './timestamp.ts';

describe('an RFC 3339 time', () => {
  it('agrees with the platform to the millisecond, from year 1 to 9999', () => {
    const times = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => {
        expect(microsecondsOf(time.toISOString())).toBe(BigInt(time.getTime()) * 1000n);
      }),
    );
  });

  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01t00:00:01z', 1_000_000n],
    ['1969-12-31T23:59:59.5Z', -500_000n],
    ['2024-05-23T10:00:00+02:00', 1_716_451_200_000_000n],
    ['2024-05-23T08:00:00-00:00', 1_716_451_200_000_000n],
    ['2024-05-22T20:30:00.000001-11:30', 1_716_451_200_000_001n],
    ['2024-05-23T08:00:00.123456999Z', 1_716_451_200_123_456n],
    ['0000-02-29T00:00:00Z', -62_162_121_600_000_000n],
    ['0000-01-01T00:00:00+23:59', -62_167_305_540_000_000n],
  ])('reads %s', (text, micros) => {
    expect(microsecondsOf(text)).toBe(micros);
  });

  it('keeps a leap second within the UTC day that it ends, whatever its fraction and offset', () => {
    const midnight = microsecondsOf('2017-01-01T00:00:00Z')!;
    expect(microsecondsOf('2016-12-31T23:59:60Z')).toBe(midnight - 1n);
    expect(microsecondsOf('2016-12-31T23:59:60.7Z')).toBe(midnight - 1n);
    expect(microsecondsOf('2017-01-01T08:59:60+09:00')).toBe(midnight - 1n);
    expect(microsecondsOf('2016-12-31T12:00:60Z')).toBeNull();
  });

  it.each([
    '',
    '2024-05-23',
    '2024-05-23 08:00:00Z',
    '2024-05-23T08:00:00',
    '2024-05-23T08:00Z',
    '2024-05-23T08:00:00.Z',
    '2024-05-23T24:00:00Z',
    '2024-05-23T08:60:00Z',
    '2024-05-23T08:00:61Z',
    '2024-05-23T08:00:00+24:00',
    '2024-05-23T08:00:00+0200',
    '2023-02-29T08:00:00Z',
    '1900-02-29T08:00:00Z',
    '2024-04-31T08:00:00Z',
    '2024-13-01T08:00:00Z',
    '2024-00-01T08:00:00Z',
    '24-05-23T08:00:00Z',
    '+2024-05-23T08:00:00Z',
    '2024-05-23T08:00:00Z\n',
    '٢٠٢٤-05-23T08:00:00Z',
  ])('refuses %j', (text) => {
    expect(microsecondsOf(text)).toBeNull();
  });
});
