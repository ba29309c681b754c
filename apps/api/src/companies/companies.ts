import { companies, standing } from '#libs/read-models';
import { z } from 'zod';
import { unknownReasons, withoutNone } from '../http/unknown.ts';

/** A company in a list. */
export const companyRow = companies.row.extend({ unknown: unknownReasons });
export type CompanyRow = z.infer<typeof companyRow>;

/** A company and its totals. */
export const companyDetail = companyRow.extend(
  standing.row.pick({ totalOutstanding: true, totalFullyDiluted: true }).shape,
);
export type CompanyDetail = z.infer<typeof companyDetail>;

type Row = z.output<typeof companies.row>;

export function describeCompany(row: Row): CompanyRow {
  return { ...row, ...withoutNone(reasonsOf(row)) };
}

/** Something may be said of a company before its first description or fact: all else is unknown. */
export function describeDetail(
  company: string,
  row: Row | null,
  total: Pick<CompanyDetail, 'totalOutstanding' | 'totalFullyDiluted'> | undefined,
): CompanyDetail {
  const known = row ?? { ...nothingSaid, company };
  const { totalOutstanding = null, totalFullyDiluted = null } = total ?? {};
  const noShares = known.register === 'recorded' ? null : 'notional-register';
  const reasons = { totalOutstanding: noShares, totalFullyDiluted: noShares };
  return {
    ...known,
    totalOutstanding,
    totalFullyDiluted,
    ...withoutNone({ ...reasonsOf(known), ...reasons }),
  };
}

function reasonsOf(row: Row): Record<string, string | null> {
  return {
    name: row.name === null ? 'not-stated' : null,
    foundedOn: row.foundedOn === null ? 'not-stated' : null,
    country: row.country === null ? 'not-stated' : null,
    register: row.register === null ? 'no-fact-yet' : null,
    postMoney: row.postMoney === null ? 'no-valuation' : null,
    postMoneyOn: row.postMoneyOn === null ? 'no-valuation' : null,
  };
}

const nothingSaid: Omit<Row, 'company'> = {
  name: null,
  aliases: [],
  roles: [],
  foundedOn: null,
  country: null,
  sectors: [],
  register: null,
  postMoney: null,
  postMoneyOn: null,
};
