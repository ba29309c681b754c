import type { Basis, Company } from './company.ts';
import type { Fact } from './fact.ts';
import { strongestEntry } from './fact.ts';
import type { Fraction } from './fraction.ts';
import { ONE, ZERO, compare, decimal, exactly, minus, over, sum, times } from './fraction.ts';
import { Grounds } from './grounds.ts';
import type { Sum } from './money.ts';
import { price, raisedInRegister } from './money.ts';

/** How many units a round issues (or, a secondary, hands on), and by what. */
export interface Issue {
  /** f·T′, or the shares the round issues. */
  readonly issued: Fraction;
  /** T′: all units after the round. */
  readonly totalAfter: Fraction;
  /** What the issue came from; null: only its conversions issue. */
  readonly from: 'money' | 'ownership' | 'sharesIssued' | 'shares' | null;
  /** m, where a participant's amount can be divided by it. */
  readonly raised: Sum | null;
  /** Behind all lines of the round. */
  readonly grounds: Grounds;
  readonly basis: Basis;
}

/** What stands behind every line of a round, whatever it issues: its claims and its class. */
export const roundGrounds = (round: Fact): Grounds =>
  Grounds.of(round).use(round.fields.stockClass);

/** R2, R5: what the round issues; null if nothing, then with the finding that says why. */
export const issueOf = (company: Company, round: Fact): Issue | null =>
  company.register === 'recorded' ? issueOfShares(company, round) : issueOfAPart(company, round);

const isSecondary = (round: Fact): boolean => round.fields.kind?.value === 'secondary';

/** R5: "no conversions". */
const conversionsOf = (round: Fact) =>
  isSecondary(round) ? [] : (round.fields.conversions?.value ?? []);

/**
 * R2: "Share register: `sharesIssued`, else the sum of participants' `shares`, is issued." U3: "From then on only
 * share quantities issue".
 */
function issueOfShares(company: Company, round: Fact): Issue | null {
  const { sharesIssued, conversions } = round.fields;
  const listing = round.investors.filter(({ shares }) => shares !== undefined);
  const converting = conversionsOf(round).filter(({ shares }) => shares !== undefined);
  const from = sharesIssued ? 'sharesIssued' : listing.length > 0 ? 'shares' : null;
  if (from === null && converting.length === 0) return null;
  const listed = sum(listing.map(({ shares }) => decimal(shares?.value ?? '0')));
  const issued = sharesIssued === undefined ? listed : decimal(sharesIssued.value);
  const converted = sum(converting.map(({ shares }) => decimal(shares ?? '0')));
  const inIssue = exactly(company.unitsInIssue);
  const totalAfter = isSecondary(round) ? inIssue : sum([inIssue, issued, converted]);
  const raised = from === 'sharesIssued' ? raisedIfUsed(company, round) : null;
  const grounds = roundGrounds(round)
    .use(sharesIssued)
    .with(raised?.grounds ?? new Grounds());
  if (converting.length > 0) grounds.use(conversions);
  if (from === 'shares') useSharesBehindTotal(round, grounds);
  return { issued, totalAfter, from, raised, grounds, basis: 'recorded' };
}

/** T′ is used by an investor with `ownership` alone; then all shares it is made of stand behind all lines. */
function useSharesBehindTotal({ investors }: Fact, grounds: Grounds): void {
  if (!investors.some(({ shares, ownership }) => !shares && ownership)) return;
  for (const { shares, sharesQualifier } of investors) grounds.use(shares, sharesQualifier);
}

/** m of a share register, if an investor's amount is to be divided by it. */
function raisedIfUsed(company: Company, round: Fact): Sum | null {
  const used = round.investors.some(
    ({ shares, ownership, amounts }) => !shares && !ownership && amounts,
  );
  return used ? raisedInRegister(company, round) : null;
}

/**
 * R2: "Notional: f = m/P if both are known and P > m (else `valuation-not-above-amount`, nothing moves); else f =
 * s, the sum of participants' `ownership`, if 0 < s < 1. T′ = (T + units stated in shares) / (1 − f − the
 * `ownership` of conversions). The round issues f·T′".
 */
function issueOfAPart(company: Company, round: Fact): Issue | null {
  const part = partOf(company, round);
  if (part === null) return null;
  const converting = conversionsOf(round).filter(({ ownership }) => ownership !== undefined);
  const converted = sum(converting.map(({ ownership }) => decimal(ownership ?? '0')));
  if (part.from === null && compare(converted, ZERO) === 0) {
    raiseSharesWithoutOutstanding(company, round);
    return null;
  }
  if (converting.length > 0) part.grounds.use(round.fields.conversions);
  const left = minus(minus(ONE, part.f), converted);
  if (compare(left, ZERO) <= 0 || compare(part.f, ONE) >= 0) {
    company.raise('over-allocated', part.grounds.entries);
    return null;
  }
  if (company.unitsInIssue <= 0n) {
    company.raise('nothing-outstanding', part.grounds.entries);
    return null;
  }
  const inIssue = exactly(company.unitsInIssue);
  const totalAfter = isSecondary(round) ? inIssue : over(inIssue, left);
  return { ...part, issued: times(part.f, totalAfter), totalAfter };
}

type Share = Pick<Issue, 'from' | 'raised' | 'grounds' | 'basis'> & { readonly f: Fraction };

/** f; null where m and P are known and contradict each other. */
function partOf(company: Company, round: Fact): Share | null {
  const grounds = roundGrounds(round);
  const priced = price(company, round);
  if (priced !== null) {
    const { raised, postMoney } = priced;
    const both = grounds.with(raised.grounds, postMoney.grounds);
    if (compare(postMoney.value, raised.value) <= 0) {
      company.raise('valuation-not-above-amount', both.entries);
      return null;
    }
    const f = over(raised.value, postMoney.value);
    return { f, from: 'money', raised, grounds: both, basis: 'implied' };
  }
  const stating = round.investors.filter(({ ownership }) => ownership !== undefined);
  const s = sum(stating.map(({ ownership }) => decimal(ownership?.value ?? '0')));
  if (compare(s, ZERO) === 0) {
    return { f: ZERO, from: null, raised: null, grounds, basis: 'disclosed' };
  }
  for (const { ownership, ownershipQualifier } of stating)
    grounds.use(ownership, ownershipQualifier);
  return { f: s, from: 'ownership', raised: null, grounds, basis: 'disclosed' };
}

/**
 * U2: "`shares` count only with `sharesOutstanding` …; without it, and where no other figure serves (`ownership`
 * beside it, or m and P), finding `shares-without-outstanding` and nothing moves."
 */
function raiseSharesWithoutOutstanding(company: Company, round: Fact): void {
  const { sharesIssued } = round.fields;
  const shares = round.investors.flatMap((investor) => investor.shares ?? []);
  const entries = [sharesIssued, ...shares].flatMap((from) => from?.entry ?? []);
  if (entries.length === 0) return;
  company.raise('shares-without-outstanding', [strongestEntry(round), ...entries]);
}

/** The class a round's units are of. */
export const classOf = (round: Fact): string | null => round.fields.stockClass?.value ?? null;
