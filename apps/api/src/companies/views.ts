import { companies, standing } from '#libs/read-models';
import type { z } from 'zod';
import { companyState } from '../cap-table/view.ts';
import type { CompanyState } from '../cap-table/view.ts';
import { pageClause, sortClause } from '../http/listing.ts';
import { rowOf, rows } from '../http/view.ts';
import type { Source, View } from '../http/view.ts';

type Company = z.output<typeof companies.row>;
type Total = z.output<typeof standing.row>;

/** Filters are text or null, where null is no filter; see `companyFilters`. */
const where = ({ parameter }: Source): string => `
  (${parameter('country')}::text IS NULL OR q.country = ${parameter('country')})
  AND (${parameter('countries')}::text[] IS NULL OR q.country = ANY (${parameter('countries')}))
  AND (${parameter('sector')}::text IS NULL OR ${parameter('sector')} = ANY (q.sectors))
  AND (${parameter('role')}::text IS NULL OR ${parameter('role')} = ANY (q.roles))
  AND (${parameter('foundedFrom')}::text IS NULL OR q.founded_on >= ${parameter('foundedFrom')})
  AND (${parameter('foundedTo')}::text IS NULL
    OR left(q.founded_on, length(${parameter('foundedTo')})) <= ${parameter('foundedTo')})`;

export const companyFilters = [
  'country',
  'countries',
  'sector',
  'role',
  'foundedFrom',
  'foundedTo',
] as const;

/** A list of companies, in one of the orders of `sort`: each order is a statement of its own. */
export function companiesView(sort: string): View<{ companies: Company[] }> {
  return {
    name: `companies ${sort}`,
    parameters: [...companyFilters, 'limit', 'skip'],
    parts: {
      companies: rows(companies, { where, order: sortClause(sort, 'company'), page: pageClause }),
    },
  };
}

interface CompanyParts extends Record<string, unknown> {
  readonly state: CompanyState;
  readonly company: Company | null;
  readonly standing: Total[];
}

export const companyView: View<CompanyParts> = {
  name: 'company',
  parameters: ['company'],
  parts: {
    state: companyState,
    company: rowOf(companies, { parameter: 'company', key: 'company' }),
    standing: rows(standing),
  },
};
