const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days of a month (1–12) in the Gregorian calendar, carried back before its time. */
export function monthLength(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return MONTH_LENGTHS[month - 1] ?? 0;
}

const DAYS_OF_400_YEARS = 146_097;

/**
 * Days from 1970-01-01 to a day of the years 0–9999, negative before it.
 * Years begin in March here, so that the leap day is the last of its year.
 */
export function daysSince1970(year: number, month: number, dayOfMonth: number): number {
  const y = year + 400 - (month <= 2 ? 1 : 0);
  const monthFromMarch = (month + 9) % 12;
  const leapDays = quotient(y, 4) - quotient(y, 100) + quotient(y, 400);
  const dayOfYear = quotient(153 * monthFromMarch + 2, 5) + dayOfMonth - 1;
  return y * 365 + leapDays + dayOfYear - DAYS_OF_400_YEARS - DAYS_TO_1970;
}

/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

/** Whole part of n / d, for n ≥ 0. */
const quotient = (n: number, d: number): number => (n - (n % d)) / d;
