import type { Account, Basis, Company } from './company.ts';
import { weakest } from './company.ts';

/** L5: "fed the line or, since its last disclosure, changed T". */
export const isEstimated = (company: Company, account: Account): boolean =>
  account.feeds.some(({ estimated }) => estimated) ||
  company.estimatedAt > (account.disclosedAt ?? 0);

/** L2: "the weakest that fed the line since its last disclosure". */
export const basisOfUnits = ({ feeds }: Account): Basis =>
  weakest(feeds.flatMap(({ basis }) => basis ?? []));
