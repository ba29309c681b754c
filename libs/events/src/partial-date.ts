import { monthLength } from './calendar.ts';
import { textOf } from './text.ts';

/** A business day, `YYYY-MM-DD`, years 0001–9999; compares as text. */
export type Day = string;

/** A day, or a month, quarter (33–36), half (40, 41) or year; a trailing `~` is approximate. */
export type PartialDate = string;

const YEAR = '(?!0000)[0-9]{4}';
const PERIOD = '(?:0[1-9]|1[0-2]|3[3-6]|4[01])';
const DAY_OF_ANY_YEAR = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '02-(?:0[1-9]|1[0-9]|2[0-8])',
].join('|');
const LEAP_YEAR =
  '(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const REAL_DAY = `(?:${YEAR}-(?:${DAY_OF_ANY_YEAR})|${LEAP_YEAR}-02-29)`;

/** One real calendar day: rates are published on a day, questions are asked as of one. */
export const day = textOf(new RegExp(`^${REAL_DAY}$`), 'a real day YYYY-MM-DD');

const PARTIAL_DATE = new RegExp(`^(?:${REAL_DAY}|${YEAR}(?:-${PERIOD})?)~?$`);

export const partialDate = textOf(
  PARTIAL_DATE,
  'a real date YYYY, YYYY-MM or YYYY-MM-DD, a quarter YYYY-33 to -36 or a half YYYY-40 or -41, with ~ if approximate',
);

/** What a PartialDate says. */
export interface DateRange {
  readonly earliest: Day;
  readonly latest: Day;
  readonly approximate: boolean;
  readonly precision: 'day' | 'month' | 'quarter' | 'half' | 'year';
}

/**
 * The days a PartialDate can mean.
 * Throws a RangeError on text that is none: a claim's dates have been checked, other text is
 * first checked against `partialDate`.
 */
export function parsePartialDate(text: PartialDate): DateRange {
  if (!PARTIAL_DATE.test(text)) throw new RangeError('not a partial date');
  const approximate = text.endsWith('~');
  const date = approximate ? text.slice(0, -1) : text;
  if (date.length === 'YYYY-MM-DD'.length)
    return { earliest: date, latest: date, approximate, precision: 'day' };
  const year = date.slice(0, 4);
  const period = date.slice(5);
  const { precision, first, last } = MONTHS[period] ?? WHOLE_YEAR;
  const lastDay = monthLength(+year, +last);
  return {
    earliest: `${year}-${first}-01`,
    latest: `${year}-${last}-${lastDay}`,
    approximate,
    precision,
  };
}

/** The first day a valid PartialDate can mean. */
export function earliestDay(text: PartialDate): Day {
  if (text.length === 'YYYY-MM-DD'.length) return text;
  return parsePartialDate(text).earliest;
}

interface Months {
  readonly precision: 'month' | 'quarter' | 'half' | 'year';
  readonly first: string;
  readonly last: string;
}

const WHOLE_YEAR: Months = { precision: 'year', first: '01', last: '12' };

/** EDTF's numbers for parts of a year (ISO 8601-2), and the months themselves. */
const MONTHS: Readonly<Record<string, Months>> = {
  33: { precision: 'quarter', first: '01', last: '03' },
  34: { precision: 'quarter', first: '04', last: '06' },
  35: { precision: 'quarter', first: '07', last: '09' },
  36: { precision: 'quarter', first: '10', last: '12' },
  40: { precision: 'half', first: '01', last: '06' },
  41: { precision: 'half', first: '07', last: '12' },
  ...Object.fromEntries(
    ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => [
      month,
      { precision: 'month', first: month, last: month } as const,
    ]),
  ),
};
