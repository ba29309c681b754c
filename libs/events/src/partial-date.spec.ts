import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day, earliestDay, parsePartialDate, partialDate } from './partial-date.ts';

describe('a partial date', () => {
  it.each([
    ['2024', '2024-01-01', '2024-12-31', 'year'],
    ['2024-02', '2024-02-01', '2024-02-29', 'month'],
    ['2023-02', '2023-02-01', '2023-02-28', 'month'],
    ['1900-02', '1900-02-01', '1900-02-28', 'month'],
    ['2000-02', '2000-02-01', '2000-02-29', 'month'],
    ['2024-04', '2024-04-01', '2024-04-30', 'month'],
    ['2024-33', '2024-01-01', '2024-03-31', 'quarter'],
    ['2024-34', '2024-04-01', '2024-06-30', 'quarter'],
    ['2024-35', '2024-07-01', '2024-09-30', 'quarter'],
    ['2024-36', '2024-10-01', '2024-12-31', 'quarter'],
    ['2023-40', '2023-01-01', '2023-06-30', 'half'],
    ['2023-41', '2023-07-01', '2023-12-31', 'half'],
    ['2024-02-29', '2024-02-29', '2024-02-29', 'day'],
    ['0001-01-01', '0001-01-01', '0001-01-01', 'day'],
    ['9999', '9999-01-01', '9999-12-31', 'year'],
  ])('%s is from %s to %s, a %s', (text, earliest, latest, precision) => {
    expect(parsePartialDate(text)).toEqual({ earliest, latest, approximate: false, precision });
    expect(parsePartialDate(`${text}~`)).toEqual({
      earliest,
      latest,
      approximate: true,
      precision,
    });
    expect(earliestDay(text)).toBe(earliest);
    expect(earliestDay(`${text}~`)).toBe(earliest);
    expect(partialDate.safeParse(text).success).toBe(true);
    expect(partialDate.safeParse(`${text}~`).success).toBe(true);
  });

  it.each([
    '0000',
    '0000-01-01',
    '0000-02-29',
    '24',
    '10000',
    '2024-13',
    '2024-00',
    '2024-32',
    '2024-37',
    '2024-42',
    '2024-1',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-00',
    '2024-01-32',
    '2024-33-01',
    '2024~~',
    '~2024',
    '2024?',
    '2024-02/2024-03',
    '2024-02-29T00:00:00Z',
    ' 2024',
    '2024\n',
    '２０２４',
    '',
  ])('is not %j', (text) => {
    expect(partialDate.safeParse(text).success).toBe(false);
    expect(() => parsePartialDate(text)).toThrow(RangeError);
  });

  it('takes every real day and no other, as the platform’s calendar has them', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(part(9999), part(13), part(32), (y, m, d) => {
        const pad = (number: number, width: number) => `${number}`.padStart(width, '0');
        const text = `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
        const time = new Date(`${text}T00:00:00Z`);
        const isReal = !isNaN(time.getTime()) && time.toISOString().startsWith(text) && y > 0;
        expect(day.safeParse(text).success).toBe(isReal);
        expect(partialDate.safeParse(text).success).toBe(isReal);
      }),
    );
  });
});

describe('a day', () => {
  it.each(['2024', '2024-02', '2024-02-20~', '2024-33'])('is not %s', (text) => {
    expect(day.safeParse(text).success).toBe(false);
  });
});
