import { daysSince1970, monthLength } from './calendar.ts';

/** RFC 3339 date-time; `T` and `Z` may be small. Its ranges of day and hour are checked apart. */
const DATE_TIME =
  /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/;

const SECONDS_OF_DAY = 86_400;
const FRACTION_AT = 20;

/**
 * µs since 1970 UTC of an RFC 3339 time, its offset honoured, digits beyond µs cut off;
 * null for text that is none.
 *
 * A leap second (:60, only at 23:59 UTC) counts as the last µs before midnight: it stays in the
 * UTC day that it ends, which is what `publishedBy` asks about.
 */
export function microsecondsOf(text: string): bigint | null {
  if (!DATE_TIME.test(text)) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const dayOfMonth = digits(text, 8, 10);
  if (dayOfMonth > monthLength(year, month)) return null;
  const second = digits(text, 17, 19);
  const leap = second === 60;
  const seconds =
    daysSince1970(year, month, dayOfMonth) * SECONDS_OF_DAY +
    digits(text, 11, 13) * 3_600 +
    digits(text, 14, 16) * 60 +
    (leap ? 59 : second) -
    offsetSeconds(text);
  if (leap && !endsDay(seconds)) return null;
  return BigInt(seconds) * 1_000_000n + BigInt(leap ? 999_999 : microseconds(text));
}

/** The last whole second of a UTC day. */
const endsDay = (seconds: number): boolean => (seconds + 1) % SECONDS_OF_DAY === 0;

/** Seconds that local time is ahead of UTC. */
function offsetSeconds(text: string): number {
  const at = text.length - 6;
  const sign = text.charAt(at);
  if (sign !== '+' && sign !== '-') return 0; // It ends in Z.
  const ahead = digits(text, at + 1, at + 3) * 3_600 + digits(text, at + 4, at + 6) * 60;
  return sign === '+' ? ahead : -ahead;
}

/** The fraction's first six digits, as µs. */
function microseconds(text: string): number {
  if (text.charAt(FRACTION_AT - 1) !== '.') return 0;
  let micros = 0;
  let unit = 100_000;
  for (let i = FRACTION_AT; unit >= 1 && isDigit(text.charCodeAt(i)); i++) {
    micros += unit * (text.charCodeAt(i) - ZERO);
    unit = unit === 1 ? 0 : unit / 10;
  }
  return micros;
}

const ZERO = 48;
const isDigit = (unit: number): boolean => unit >= ZERO && unit <= 57;

/** The number written by the digits from `start` until before `end`. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let i = start; i < end; i++) number = number * 10 + (text.charCodeAt(i) - ZERO);
  return number;
}
