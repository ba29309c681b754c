import type { Believed } from './believe.ts';
import type { From } from './fact.ts';
import type { Fraction } from './fraction.ts';
import { ONE, decimal, over, times } from './fraction.ts';

/** How much of `to` one unit of `from` is worth, and the entries that say so. */
interface Rate {
  readonly rate: Fraction;
  readonly entries: readonly number[];
}

/**
 * C1: "Rate = the latest of direct and inverse on or before the day (same day: direct); only if neither exists,
 * through USD."
 */
export function rate(
  believed: Believed,
  pair: readonly [string, string],
  day: string,
): Rate | null {
  const [from, to] = pair;
  if (from === to) return { rate: ONE, entries: [] };
  const straight = latest(believed, pair, day);
  if (straight !== null) return straight;
  const [first, second] = [
    latest(believed, [from, 'USD'], day),
    latest(believed, ['USD', to], day),
  ];
  if (first === null || second === null) return null;
  return { rate: times(first.rate, second.rate), entries: [...first.entries, ...second.entries] };
}

function latest(
  believed: Believed,
  [from, to]: readonly [string, string],
  day: string,
): Rate | null {
  const published = believed.facts.filter(({ type }) => type === 'fx-rate-published');
  const newest = (base: string, quote: string) =>
    published
      .filter(({ fields }) => fields.base?.value === base && fields.quote?.value === quote)
      .map(({ fields }) => ({ on: fields.on?.value ?? '', rate: fields.rate }))
      .filter(({ on }) => on <= day)
      .sort((a, b) => (a.on < b.on ? 1 : -1))[0];
  const direct = newest(from, to);
  const inverse = newest(to, from);
  if (direct !== undefined && (inverse === undefined || inverse.on <= direct.on)) {
    return quoted(direct.rate, (value) => value);
  }
  return inverse === undefined ? null : quoted(inverse.rate, (value) => over(ONE, value));
}

function quoted(said: From<string> | undefined, turn: (rate: Fraction) => Fraction): Rate | null {
  return said === undefined ? null : { rate: turn(decimal(said.value)), entries: [said.entry] };
}
