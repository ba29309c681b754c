import { investors } from '#libs/read-models';
import type { z } from 'zod';
import { pageClause, sortClause } from '../http/listing.ts';
import { unknownReasons, withoutNone } from '../http/unknown.ts';
import { rowOf, rows } from '../http/view.ts';
import type { Source, View } from '../http/view.ts';

export const investorRow = investors.row.extend({ unknown: unknownReasons });
export type InvestorRow = z.infer<typeof investorRow>;

type Row = z.output<typeof investors.row>;

export function describeInvestor(row: Row): InvestorRow {
  const reasons = {
    name: row.name === null ? 'not-stated' : null,
    country: row.country === null ? 'not-stated' : null,
  };
  return { ...row, ...withoutNone(reasons) };
}

const where = ({ parameter }: Source): string => `
  (${parameter('country')}::text IS NULL OR q.country = ${parameter('country')})
  AND (${parameter('sector')}::text IS NULL OR ${parameter('sector')} = ANY (q.sectors))
  AND (${parameter('role')}::text IS NULL OR ${parameter('role')} = ANY (q.roles))`;

/** A list of investors, in one of the orders of `sort`: each order is a statement of its own. */
export function investorsView(sort: string): View<{ investors: Row[] }> {
  return {
    name: `investors ${sort}`,
    parameters: ['country', 'sector', 'role', 'limit', 'skip'],
    parts: {
      investors: rows(investors, { where, order: sortClause(sort, 'investor'), page: pageClause }),
    },
  };
}

export const investorView: View<{ investor: Row | null }> = {
  name: 'investor',
  parameters: ['investor'],
  parts: { investor: rowOf(investors, { parameter: 'investor', key: 'investor' }) },
};
