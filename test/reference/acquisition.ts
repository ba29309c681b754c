import type { Account, Company } from './company.ts';
import type { Fact, Investor } from './fact.ts';
import type { Fraction, Units } from './fraction.ts';
import { ONE, compare, decimal, exactly, posted, sum, times } from './fraction.ts';
import { Grounds } from './grounds.ts';
import { classOf, raiseUnserved } from './issue.ts';
import { post } from './posting.ts';

interface Buyer {
  readonly investor: Investor;
  /** Null: it did not say how much. */
  readonly part: Fraction | null;
  readonly grounds: Grounds;
}

/**
 * R6: "each buyer takes its `ownership` of every other account as it stood (a lone buyer without one: all; several
 * without: unknown stakes), basis disclosed; parts that sum to 1 end all pools and unknown stakes, the first buyer
 * takes what rounding leaves; more than 1: `over-allocated`, nothing moves, unknown stakes."
 */
export function acquire(company: Company, round: Fact): void {
  const buyers = round.investors.map((investor) => buyer(round, investor));
  if (company.register === 'notional' && round.investors.length > 1) {
    raiseUnserved(company, round);
  }
  const parts = sum(buyers.flatMap(({ part }) => part ?? []));
  if (compare(parts, ONE) > 0) {
    const stated = Grounds.of(round);
    for (const { ownership } of round.investors) stated.use(ownership);
    company.raise('over-allocated', stated.entries);
    leaveUnknown(company, round, buyers);
    return;
  }
  const all = compare(parts, ONE) === 0;
  const asItStood = company.accounts.map((account) => ({ account, units: account.units }));
  for (const { account, units } of asItStood) takeFrom(company, { account, units, buyers, all });
  leaveUnknown(
    company,
    round,
    buyers.filter(({ part }) => part === null),
  );
  if (all) {
    company.pools = [];
    company.unknownStakes = [];
  }
}

function buyer(round: Fact, investor: Investor): Buyer {
  const { ownership, ownershipQualifier } = investor;
  const grounds = Grounds.of(round).use(investor.investor).use(ownership, ownershipQualifier);
  const lone = round.investors.length === 1;
  const part = ownership === undefined ? (lone ? ONE : null) : decimal(ownership.value);
  return { investor, part, grounds };
}

interface Taking {
  readonly account: Account;
  readonly units: Units;
  readonly buyers: readonly Buyer[];
  readonly all: boolean;
}

function takeFrom(company: Company, { account, units, buyers, all }: Taking): void {
  const taking = buyers.flatMap(({ investor, part, grounds }) => {
    const holder = investor.investor.value;
    if (part === null || holder === account.holder) return [];
    return [{ holder, grounds, units: posted(times(part, exactly(units))) }];
  });
  const own = buyers.some(({ investor }) => investor.investor.value === account.holder);
  const [first] = taking;
  const left = units - taking.reduce((sum, one) => sum + one.units, 0n);
  for (const one of taking) {
    const rest = all && !own && one === first ? left : 0n;
    const to = company.account(one.holder, account.stockClass);
    const { grounds } = one;
    post(company, { from: account, to, units: one.units + rest, grounds, basis: 'disclosed' });
  }
}

/** A figure that could not be used stands behind nothing. */
function leaveUnknown(company: Company, round: Fact, buyers: readonly Buyer[]): void {
  for (const { investor } of buyers) {
    const holder = investor.investor.value;
    company.giveUnknownStake(
      { holder, stockClass: classOf(round), from: 'change', pool: null },
      Grounds.of(round).use(investor.investor),
    );
  }
}
