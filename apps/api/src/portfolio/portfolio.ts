import { portfolio } from '#libs/read-models';
import { z } from 'zod';
import { amountOf, amounts } from '../http/amounts.ts';
import { pageClause } from '../http/listing.ts';
import { unknownReasons, withoutNone } from '../http/unknown.ts';
import { rows } from '../http/view.ts';
import type { View } from '../http/view.ts';

const claim = portfolio.row.shape.claims.element
  .omit({ currency: true })
  .extend({ amount: amounts.nullable() });

/** What an investor has in one company. */
export const portfolioRow = portfolio.row.omit({ costKnown: true, costUnknown: true }).extend({
  cost: z.object({ known: amounts, unknown: z.int() }).meta({
    description: 'Known sums, and of how many purchases some of the price is not known.',
  }),
  claims: z.array(claim),
  unknown: unknownReasons,
});
export type PortfolioRow = z.infer<typeof portfolioRow>;

type Row = z.output<typeof portfolio.row>;

export const portfolioView: View<{ portfolio: Row[] }> = {
  name: 'portfolio',
  parameters: ['investor', 'company', 'limit', 'skip'],
  parts: {
    portfolio: rows(portfolio, {
      where: ({ parameter }) =>
        `${parameter('company')}::text IS NULL OR q.company = ${parameter('company')}`,
      page: pageClause,
    }),
  },
};

export function describeHolding({ costKnown, costUnknown, claims, ...row }: Row): PortfolioRow {
  return {
    ...row,
    cost: { known: costKnown, unknown: costUnknown },
    claims: claims.map(({ currency, amount, ...rest }) => ({
      ...rest,
      amount: amountOf(currency, amount),
    })),
    ...withoutNone(reasonsOf({ ...row, costUnknown })),
  };
}

/** Why a row's figures are null; the reasons are told in docs/errors.md. */
function reasonsOf(row: Omit<Row, 'costKnown' | 'claims'>): Record<string, string | null> {
  const isClaimOnly = row.ownership === null && row.basis === null;
  const noStake = isClaimOnly ? 'claim-only' : 'stake-not-disclosed';
  const noValue = row.ownership === null ? noStake : 'no-valuation';
  const noBound = row.ownership === null && !isClaimOnly ? 'no-bound' : null;
  const ifNull = (value: unknown, reason: string | null) => (value === null ? reason : null);
  return {
    ownership: ifNull(row.ownership, noStake),
    ownershipAtMost: ifNull(row.ownershipAtMost, noBound),
    basis: ifNull(row.basis, isClaimOnly ? 'claim-only' : 'sold-out'),
    value: ifNull(row.value, noValue),
    multiple: ifNull(row.multiple, whyNoMultiple(row, noValue)),
    firstInvestment: ifNull(row.firstInvestment, 'no-purchase'),
    lastInvestment: ifNull(row.lastInvestment, 'no-purchase'),
  };
}

function whyNoMultiple(row: Pick<Row, 'costUnknown' | 'value'>, noValue: string): string {
  if (row.costUnknown > 0) return 'cost-not-disclosed';
  return row.value === null ? noValue : 'no-rate-or-cost';
}
