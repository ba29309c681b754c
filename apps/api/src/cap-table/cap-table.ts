import { capTable, claims, findings } from '#libs/read-models';
import { z } from 'zod';
import { amountOf, amounts } from '../http/amounts.ts';
import { unknownReasons, withoutNone } from '../http/unknown.ts';
import type { CompanyState } from './view.ts';

const line = capTable.row.extend({ unknown: unknownReasons });
const claim = claims.row.omit({ currency: true }).extend({ amount: amounts.nullable() });

/** Who owns what of a company. */
export const capTableAnswer = z.object({
  company: z.string().meta({ description: 'The id it is read under.' }),
  register: z.enum(['notional', 'recorded']).meta({
    description: 'recorded: units are shares; notional: only proportions are known.',
  }),
  totalOutstanding: z.string().nullable().meta({ description: 'Share register only.' }),
  totalFullyDiluted: z.string().nullable().meta({ description: 'Share register only.' }),
  unknown: unknownReasons,
  lines: z.array(line),
  claims: z.array(claim),
  findings: z.array(findings.row),
});
export type CapTable = z.infer<typeof capTableAnswer>;

type Line = z.output<typeof capTable.row>;

export interface CapTableRows {
  readonly state: CompanyState;
  readonly standing: readonly Pick<
    CapTable,
    'register' | 'totalOutstanding' | 'totalFullyDiluted'
  >[];
  readonly lines: readonly Line[];
  readonly claims: readonly z.output<typeof claims.row>[];
  readonly findings: readonly z.output<typeof findings.row>[];
}

/** Before its first fact a company is notional and has no lines (docs/rules.md#t2). */
export function describeCapTable(rows: CapTableRows): CapTable {
  const [total] = rows.standing;
  const register = total?.register ?? 'notional';
  const { totalOutstanding = null, totalFullyDiluted = null } = total ?? {};
  const noShares = register === 'notional' ? 'notional-register' : null;
  return {
    company: rows.state.readAs,
    register,
    totalOutstanding,
    totalFullyDiluted,
    ...withoutNone({ totalOutstanding: noShares, totalFullyDiluted: noShares }),
    lines: rows.lines.map((each) => ({ ...each, ...withoutNone(reasonsOf(each, register)) })),
    claims: rows.claims.map(({ currency, amount, ...rest }) => ({
      ...rest,
      amount: amountOf(currency, amount),
      ...withoutNone({ amount: amount === null ? 'amount-not-stated' : null }),
    })),
    findings: [...rows.findings],
  };
}

/** Why a line's figures are null; the reasons are told in docs/errors.md. */
function reasonsOf(line: Line, register: CapTable['register']) {
  const hidden = line.basis === 'undisclosed' ? 'stake-not-disclosed' : 'part-sold-not-disclosed';
  const isHidden = line.ownership === null && line.ownershipFullyDiluted === null;
  return {
    units: line.units !== null ? null : register === 'notional' ? 'notional-register' : hidden,
    ownership: line.ownership !== null ? null : isHidden ? hidden : 'nothing-outstanding',
    ownershipFullyDiluted: line.ownershipFullyDiluted !== null ? null : hidden,
    ownershipAtMost:
      line.ownershipAtMost === null && line.ownership === null && isHidden ? 'no-bound' : null,
    source: line.source === null ? 'no-entry' : null,
  };
}
