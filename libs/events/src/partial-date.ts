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

export const partialDate = textOf(
  new RegExp(`^(?:${REAL_DAY}|${YEAR}(?:-${PERIOD})?)~?$`),
  'a real date YYYY, YYYY-MM or YYYY-MM-DD, a quarter YYYY-33 to -36 or a half YYYY-40 or -41, with ~ if approximate',
);

/** What a PartialDate says. */
export interface DateRange {
  readonly earliest: Day;
  readonly latest: Day;
  readonly approximate: boolean;
  readonly precision: 'day' | 'month' | 'quarter' | 'half' | 'year';
}

/** The days a valid PartialDate can mean. Throws on text that is no PartialDate. */
export function parsePartialDate(text: PartialDate): DateRange {
  throw new Error(`not written yet: ${text}`);
}
