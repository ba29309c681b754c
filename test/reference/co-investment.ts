import type { Believed } from './believe.ts';
import { companyAsOf } from './cap-table.ts';
import { byBytes } from './claims.ts';
import { lines } from './lines.ts';
import { giants } from './parties.ts';

/** "co-investment: a, b, companies: [...]" of 4-http.md. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly companies: readonly string[];
}

/** "companies shared by each pair of giants": those in which both have a line as of the day. */
export function coInvestment(believed: Believed, asOf: string): Pair[] {
  const all = giants(believed, asOf);
  const companies = new Set(believed.facts.flatMap(({ fields }) => fields.company?.value ?? []));
  const holders = new Map(
    [...companies].sort(byBytes).map((id) => {
      const company = companyAsOf(believed, id, asOf);
      return [id, new Set(lines(company).map(({ holder }) => holder))];
    }),
  );
  return all
    .flatMap((a) => all.filter((b) => byBytes(a, b) < 0).map((b) => ({ a, b })))
    .map(({ a, b }) => ({
      ...{ a, b },
      companies: [...holders].filter(([, set]) => set.has(a) && set.has(b)).map(([id]) => id),
    }))
    .filter(({ companies: shared }) => shared.length > 0);
}
