/** PartialDate of 1-events.md: "`earliest` and `latest` are its first and last possible day". */
export interface Period {
  readonly earliest: string;
  readonly latest: string;
  readonly approximate: boolean;
  /** True: a month or longer (T1). */
  readonly vague: boolean;
}

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lastDayOf = (year: number, month: number): number =>
  month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const months = (part: number): readonly [first: number, last: number] => {
  if (part <= 12) return [part, part];
  if (part < 40) return [(part - 33) * 3 + 1, (part - 33) * 3 + 3];
  return part === 40 ? [1, 6] : [7, 12];
};

const two = (number: number): string => String(number).padStart(2, '0');

export function period(text: string): Period {
  const approximate = text.endsWith('~');
  const [year = '', part, day] = text.replace('~', '').split('-');
  if (day !== undefined) {
    const exact = `${year}-${String(part)}-${day}`;
    return { earliest: exact, latest: exact, approximate, vague: false };
  }
  const [first, last] = part === undefined ? [1, 12] : months(Number(part));
  return {
    earliest: `${year}-${two(first)}-01`,
    latest: `${year}-${two(last)}-${two(lastDayOf(Number(year), last))}`,
    approximate,
    vague: true,
  };
}

export const contains = (outer: Period, inner: Period): boolean =>
  outer.earliest <= inner.earliest && inner.latest <= outer.latest;

export const sameDays = (a: Period, b: Period): boolean => contains(a, b) && contains(b, a);
