/** PostgreSQL counts from 2000, everybody else from 1970. */
const POSTGRES_EPOCH_MICROS = 946_684_800_000_000n;
const POSTGRES_EPOCH_DAYS = 10_957;
const DAY_MICROS = 86_400_000_000n;

/** Microseconds since 1970 as a binary timestamptz. */
export const toTimestamptz = (micros: bigint): bigint => micros - POSTGRES_EPOCH_MICROS;

/** A binary timestamptz as microseconds since 1970. */
export const fromTimestamptz = (timestamptz: bigint): bigint => timestamptz + POSTGRES_EPOCH_MICROS;

/** A day, YYYY-MM-DD, as a binary date. */
export function toDate(day: string): number {
  const year = Number(day.slice(0, 4));
  return daysSince1970(year, Number(day.slice(5, 7)), Number(day.slice(8))) - POSTGRES_EPOCH_DAYS;
}

/** The UTC day of a time, in days since 1970. */
export function dayOf(micros: bigint): number {
  const day = micros / DAY_MICROS;
  return Number(micros % DAY_MICROS < 0n ? day - 1n : day);
}

/**
 * Days from 1970-01-01 in the proleptic Gregorian calendar, which Date.UTC answers wrongly below
 * year 100. https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
function daysSince1970(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
