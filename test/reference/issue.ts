import type { Basis, Company } from './company.ts';
import type { Fact, From } from './fact.ts';
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
export const roundGrounds = (round: Fact): Grounds => Grounds.of(round);

/** R2, R5: what the round issues; null if nothing, then with the finding that says why. */
export function issueOf(company: Company, round: Fact): Issue | null {
  if (company.register === 'notional') return issueOfAPart(company, round);
  return hasPartAboveOne(company, round) ? null : issueOfShares(company, round);
}

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
  const raised = from === 'sharesIssued' ? raisedIfUsed(company, round) : null;
  const used = raised === null ? [] : [raised.grounds];
  const grounds = roundGrounds(round)
    .use(sharesIssued)
    .with(...used);
  if (converting.length > 0) grounds.use(conversions);
  const adding = from === 'shares' ? listing : [];
  for (const { shares, sharesQualifier } of adding) grounds.use(shares, sharesQualifier);
  const issued = sharesIssued
    ? decimal(sharesIssued.value)
    : sum(adding.map(({ shares }) => decimal(shares?.value ?? '0')));
  const converted = sum(converting.map(({ shares }) => decimal(shares ?? '0')));
  const inIssue = exactly(company.unitsInIssue);
  const totalAfter = isSecondary(round) ? inIssue : sum([inIssue, issued, converted]);
  return { issued, totalAfter, from, raised, grounds, basis: 'recorded' };
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
  raiseUnservedConversions(company, round);
  const part = hasPartAboveOne(company, round) ? null : partOf(company, round);
  if (part === null) return null;
  const converting = conversionsOf(round).filter(({ ownership }) => ownership !== undefined);
  const converted = sum(converting.map(({ ownership }) => decimal(ownership ?? '0')));
  if (part.from === null && compare(converted, ZERO) === 0) return null;
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

/** U5: "Fractions that leave nothing for others (…, a part above 1): `over-allocated`, nothing moves." */
function hasPartAboveOne(company: Company, round: Fact): boolean {
  const above = round.investors.filter(
    ({ shares, ownership }) =>
      (company.register === 'notional' || !shares) &&
      ownership &&
      compare(decimal(ownership.value), ONE) > 0,
  );
  const grounds = Grounds.of(round);
  for (const { ownership } of above) grounds.use(ownership);
  if (above.length > 0) company.raise('over-allocated', grounds.entries);
  return above.length > 0;
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
  raiseSharesWithoutOutstanding(company, round);
  if (compare(s, ZERO) === 0) {
    return { f: ZERO, from: null, raised: null, grounds, basis: 'disclosed' };
  }
  for (const { ownership, ownershipQualifier } of stating)
    grounds.use(ownership, ownershipQualifier);
  return { f: s, from: 'ownership', raised: null, grounds, basis: 'disclosed' };
}

/**
 * U2: "`shares` count only with `sharesOutstanding` …; without it, and where no other figure serves (`ownership`
 * beside it, or m and P), finding `shares-without-outstanding` and nothing moves." A round never states
 * `sharesOutstanding`.
 */
function raiseSharesWithoutOutstanding(company: Company, round: Fact): void {
  const { sharesIssued } = round.fields;
  const served = round.investors.some(({ ownership }) => ownership !== undefined);
  raiseUnserved(company, round, served ? [] : [sharesIssued]);
}

/** The same of conversions; m and P are no figure that could serve them. */
function raiseUnservedConversions(company: Company, round: Fact): void {
  const { conversions } = round.fields;
  if (!conversionsOf(round).some(({ shares, ownership }) => shares && !ownership)) return;
  company.raise('shares-without-outstanding', Grounds.of(round).use(conversions).entries);
}

/** The same of the shares that its investors state beside no `ownership`, and of `more`. */
export function raiseUnserved(
  company: Company,
  round: Fact,
  more: readonly (From<string> | undefined)[] = [],
): void {
  const unserved = round.investors.filter(({ ownership }) => ownership === undefined);
  const quantities = [...more, ...unserved.map(({ shares }) => shares)];
  const stated = quantities.filter((from) => from !== undefined);
  if (stated.length === 0) return;
  const grounds = Grounds.of(round);
  for (const from of stated) grounds.use(from);
  company.raise('shares-without-outstanding', grounds.entries);
}

/** The class a round's units are of. */
export const classOf = (round: Fact): string | null => round.fields.stockClass?.value ?? null;
