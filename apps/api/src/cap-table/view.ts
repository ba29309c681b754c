import { capTable, claims, failedCompanies, findings, standing } from '#libs/read-models';
import { rows } from '../http/view.ts';
import type { Part, Source, View } from '../http/view.ts';
import { linksTo } from '../ledger/mention.ts';
import type { z } from 'zod';

type Row<Q extends { row: z.ZodObject }> = z.output<Q['row']>;

interface CapTableParts extends Record<string, unknown> {
  readonly state: CompanyState;
  readonly standing: Row<typeof standing>[];
  readonly lines: Row<typeof capTable>[];
  readonly claims: Row<typeof claims>[];
  readonly findings: Row<typeof findings>[];
}

/** Whether there is an answer about a company at all, at the position of the answer. */
export interface CompanyState {
  /** The id it is read under. */
  readonly readAs: string;
  /** An entry up to the position speaks of it. */
  readonly isKnown: boolean;
  /** A defect keeps its rows from being right. */
  readonly hasFailed: boolean;
}

/** About `company`, under whichever of its ids. */
export const companyState: Part<CompanyState> = ({ schema, parameter }: Source) => `(
  SELECT row_to_json(r) FROM (
    SELECT i.read_as AS "readAs",
      EXISTS (SELECT FROM ${schema}.mention m
        WHERE m.link IN (${linksTo(parameter('company'))}, ${linksTo('i.read_as')})
          AND m.position <= w.position) AS "isKnown",
      EXISTS (SELECT FROM ${schema}.${failedCompanies.name}(w.position) f
        WHERE f.company = i.read_as) AS "hasFailed"
    FROM ${schema}.identities(${parameter('company')}, w.position) i) r)`;

export const capTableView: View<CapTableParts> = {
  name: 'cap-table',
  parameters: ['company'],
  parts: {
    state: companyState,
    standing: rows(standing),
    lines: rows(capTable),
    claims: rows(claims),
    findings: rows(findings),
  },
};
