import { UNDISCLOSED } from './claims.ts';
import type { Company } from './company.ts';
import type { Grounds } from './grounds.ts';
import { inScope } from './posting.ts';

interface Sale {
  readonly holder: string;
  readonly stockClass: string | null;
  readonly grounds: Grounds;
}

/**
 * N4: "A transfer, repurchase or cancellation without a usable figure takes an unknown part of what the holder
 * has: until its next disclosure its `units` and `ownership` are null and its bound is its units and pools,
 * without `undisclosed`."
 *
 * What it has is its lines in scope; a holder without any has one from now on.
 */
export function sellUnknownPart(company: Company, { holder, stockClass, grounds }: Sale): void {
  if (holder === UNDISCLOSED) return;
  const classes = company
    .accountsOf(holder)
    .filter((account) => inScope({ stockClass, all: false }, account.stockClass))
    .filter((account) => hasLine(company, account))
    .map((account) => account.stockClass);
  for (const of of classes.length > 0 ? classes : [stockClass]) {
    company.giveUnknownStake({ holder, stockClass: of, from: 'sale', pool: null }, grounds);
  }
}

/** A line stands while it has units, a membership or an unknown stake. */
export const hasLine = (
  company: Company,
  line: { readonly holder: string; readonly stockClass: string | null; readonly units: bigint },
): boolean =>
  line.units !== 0n ||
  company.unknownStakes.some(
    ({ holder, stockClass }) => holder === line.holder && stockClass === line.stockClass,
  );
