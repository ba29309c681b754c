import type { Basis, Company } from './company.ts';
import { weakest } from './company.ts';
import type { Fact, Investor } from './fact.ts';
import type { Units } from './fraction.ts';
import { ZERO, compare, decimal, over, posted, roundedDown, times } from './fraction.ts';
import { Grounds } from './grounds.ts';
import type { Issue } from './issue.ts';
import { amountOf } from './money.ts';

/** What one investor's own figure gives it. */
interface Figure {
  readonly units: Units;
  readonly basis: Basis;
  readonly grounds: Grounds;
}

/** One line of a round: its units, and what stands behind them. */
export interface RoundLine {
  readonly investor: Investor | 'pool';
  readonly units: Units;
  readonly basis: Basis;
  readonly grounds: Grounds;
}

/** A round shared out. */
export interface Shares {
  /** All units the round issues or hands on. */
  readonly issued: Units;
  readonly lines: readonly RoundLine[];
  /** Participants without a usable figure, who take no remainder either: members of the pool (N2). */
  readonly members: readonly Investor[];
  /** True: the parts exceed the whole, and "issue the sum". */
  readonly overAllocated: boolean;
  /** What gave the sum of all units: where the parts exceed the whole, every figure. */
  readonly changedBy: Grounds;
}

/** R3: "A difference under 0.000001 units is rounding". */
const ROUNDING: Units = 10_000n;

/**
 * R3: "What remains goes to the only participant without a figure if `participantsComplete`, else to the pool.
 * Parts that exceed the whole: issue the sum, `over-allocated`. A difference under 0.000001 units is rounding: the
 * first participant with a figure takes it."
 */
export function shareOut(company: Company, round: Fact, issue: Issue): Shares {
  const figures = round.investors.map((investor) => ({
    investor,
    figure: figureOf(company, round, investor, issue),
  }));
  const lines = figures.flatMap(({ investor, figure }): RoundLine[] =>
    figure === null
      ? []
      : [
          {
            ...figure,
            investor,
            grounds: issue.grounds.with(figure.grounds).use(investor.investor),
          },
        ],
  );
  const without = figures.filter(({ figure }) => figure === null).map(({ investor }) => investor);
  const parts = lines.reduce((all, { units }) => all + units, 0n);
  const issued = posted(issue.issued);
  const remains = issued - parts;
  const allFigures = new Grounds().with(
    ...figures.flatMap(({ figure }) => (figure === null ? [] : [figure.grounds])),
  );
  const behind = issue.grounds.with(allFigures);
  if (remains <= -ROUNDING) {
    return { issued: parts, lines, members: without, overAllocated: true, changedBy: behind };
  }
  const changedBy = issue.grounds;
  const [first, ...others] = lines;
  if (first !== undefined && remains < ROUNDING) {
    const rounded = [{ ...first, units: first.units + remains }, ...others];
    return { issued, lines: rounded, members: without, overAllocated: false, changedBy };
  }
  const basis = weakest([issue.basis, ...lines.map((line) => line.basis)]);
  const [only, ...more] = without;
  const taker =
    round.complete && only !== undefined && more.length === 0 && remains > 0n ? only : null;
  const rest: RoundLine =
    taker === null
      ? { investor: 'pool', units: remains, basis, grounds: behind }
      : { investor: taker, units: remains, basis, grounds: behind.use(taker.investor) };
  const members = without.filter((investor) => investor !== taker);
  return { issued, lines: [...lines, rest], members, overAllocated: false, changedBy };
}

/**
 * R3: "Each participant receives its `shares`; else `ownership` × T′; else, where the issue came from m and P or
 * from `sharesIssued`, issued × its amount / m, rounded down."
 */
function figureOf(company: Company, round: Fact, investor: Investor, issue: Issue): Figure | null {
  const { shares, sharesQualifier, ownership, ownershipQualifier } = investor;
  if (shares !== undefined && company.register === 'recorded') {
    const grounds = new Grounds().use(shares, sharesQualifier);
    return { units: posted(decimal(shares.value)), basis: 'recorded', grounds };
  }
  if (ownership !== undefined) {
    const grounds = new Grounds().use(ownership, ownershipQualifier);
    // U5: "T ≤ 0 stops what is a fraction of it".
    if (compare(issue.totalAfter, ZERO) <= 0) {
      company.raise('nothing-outstanding', Grounds.of(round).use(ownership).entries);
      return null;
    }
    const units = posted(times(decimal(ownership.value), issue.totalAfter));
    return { units, basis: 'disclosed', grounds };
  }
  if (issue.from !== 'money' && issue.from !== 'sharesIssued') return null;
  if (issue.raised === null || compare(issue.raised.value, ZERO) === 0) return null;
  const amount = amountOf(company, round, investor, issue.raised.currency);
  if (amount === null) return null;
  const units = roundedDown(over(times(issue.issued, amount.value), issue.raised.value));
  return { units, basis: 'implied', grounds: amount.grounds };
}
