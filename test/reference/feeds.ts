import { UNDISCLOSED } from './claims.ts';
import type { Account, Basis, Company } from './company.ts';
import { weakest } from './company.ts';

/** L5: "fed the line or, since its last disclosure, changed T". */
export const isEstimated = (company: Company, account: Account): boolean =>
  account.feeds.some(({ estimated }) => estimated) ||
  company.estimatedAt > (account.disclosedAt ?? 0);

/** L2: "the weakest that fed the line since its last disclosure". What `undisclosed` and a pool hold is nobody's yet. */
export function basisOfUnits({ holder, feeds }: Account): Basis {
  if (holder === UNDISCLOSED || holder.startsWith('pool:')) return 'undisclosed';
  return weakest(feeds.flatMap(({ basis }) => basis ?? []));
}
