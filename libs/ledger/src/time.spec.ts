import { describe, expect, it } from '@jest/globals';
import { dayOf, fromTimestamptz, toDate, toTimestamptz } from './time.ts';

describe('time', () => {
  it.each([
    ['2000-01-01', 0],
    ['2000-03-01', 60],
    ['1999-12-31', -1],
    ['0001-01-01', -730_119],
    ['0099-12-31', -693_961],
    ['2024-02-29', 8_825],
    ['9999-12-31', 2_921_939],
  ])('counts %s from 2000', (day, days) => {
    expect(toDate(day)).toBe(days);
  });

  it('keeps microseconds both ways', () => {
    expect(toTimestamptz(946_684_800_000_001n)).toBe(1n);
    expect(fromTimestamptz(toTimestamptz(-5n))).toBe(-5n);
  });

  it('finds the UTC day, before 1970 too', () => {
    expect(dayOf(86_399_999_999n)).toBe(0);
    expect(dayOf(86_400_000_000n)).toBe(1);
    expect(dayOf(-1n)).toBe(-1);
    expect(dayOf(-86_400_000_000n)).toBe(-1);
    expect(dayOf(-86_400_000_001n)).toBe(-2);
  });
});
