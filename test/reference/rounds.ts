import { acquire } from './acquisition.ts';
import type { RoundKind } from './claims.ts';
import { UNDISCLOSED } from './claims.ts';
import type { Basis, Company, Pool } from './company.ts';
import type { Fact, Investor } from './fact.ts';
import { decimal, posted, times } from './fraction.ts';
import type { Units } from './fraction.ts';
import { Grounds } from './grounds.ts';
import type { Issue } from './issue.ts';
import { classOf, issueOf, roundGrounds } from './issue.ts';
import { convertNotes, lendNotes } from './notes.ts';
import { giving, outOfRange, post, total, undisclosedGives } from './posting.ts';
import type { RoundLine, Shares } from './sharing.ts';
import { shareOut } from './sharing.ts';

export function closeRound(company: Company, round: Fact): void {
  switch (round.fields.kind?.value as RoundKind | undefined) {
    case 'equity':
      convertNotes(company, round);
      closeEquity(company, round);
      break;
    case 'secondary':
      closeSecondary(company, round);
      break;
    case 'acquisition':
      acquire(company, round);
      break;
    case 'convertible':
      lendNotes(company, round);
      break;
    case 'debt':
    case 'grant':
    case undefined: // R8: "Debt, grant: nothing."
  }
}

/** R2, R3, R4. */
function closeEquity(company: Company, round: Fact): void {
  const issue = issueOf(company, round);
  if (issue === null) {
    cannotIssue(company, round);
    return;
  }
  const shares = shareOut(company, round, issue);
  const conversions = conversionUnits(company, round, issue);
  const converted = conversions.reduce((all, { units }) => all + (units ?? 0n), 0n);
  if (shares.overAllocated) company.raise('over-allocated', shares.changedBy.entries);
  if (outOfRange(company.unitsInIssue + shares.issued + converted)) {
    company.raise('out-of-range', shares.changedBy.entries);
    cannotIssue(company, round);
    return;
  }
  const pool = openPool(company, round);
  for (const line of shares.lines) {
    const { units, grounds, basis } = line;
    post(company, { from: 'issuer', to: accountOf(company, round, line), units, grounds, basis });
  }
  postConversions(company, round, conversions);
  join(company, round, { pool, members: shares.members, grounds: issue.grounds });
  const changes = [shares.changedBy, ...conversions.map(({ grounds }) => grounds)];
  if (shares.issued + converted !== 0n) {
    company.changedTotal({ estimated: changes.some(({ estimated }) => estimated) });
  }
  if (issue.from === null) madeEstimated(company);
}

function postConversions(company: Company, round: Fact, conversions: ConversionUnits[]): void {
  const stockClass = classOf(round);
  for (const { holder, units, grounds, basis } of conversions) {
    if (units === null) {
      company.giveUnknownStake({ holder, stockClass, from: 'equity', pool: null }, grounds);
      continue;
    }
    const to = company.account(holder, stockClass);
    post(company, { from: 'issuer', to, units, grounds, basis });
  }
}

interface ConversionUnits {
  readonly holder: string;
  /** Null: stated in "the other form", which "leaves an unknown stake". */
  readonly units: Units | null;
  readonly grounds: Grounds;
  readonly basis: Basis;
}

/**
 * R2: "conversions issue `ownership`·T′ (notional) or their `shares` (register), in the round's class; the other
 * form leaves an unknown stake."
 */
function conversionUnits(company: Company, round: Fact, issue: Issue): ConversionUnits[] {
  const { conversions } = round.fields;
  const entry = conversions?.entry ?? 0;
  return (conversions?.value ?? []).map((conversion): ConversionUnits => {
    const { holder, shares, sharesQualifier, ownership, ownershipQualifier } = conversion;
    const recorded = company.register === 'recorded';
    const figure = recorded ? shares : ownership;
    const grounds = issue.grounds.with().use(conversions);
    const basis = recorded ? 'recorded' : 'disclosed';
    if (figure === undefined) return { holder, units: null, grounds, basis };
    const qualifier = recorded ? sharesQualifier : ownershipQualifier;
    if (qualifier !== undefined) grounds.use(conversions, { value: qualifier, entry });
    const units = recorded ? decimal(figure) : times(decimal(figure), issue.totalAfter);
    return { holder, units: posted(units), grounds, basis };
  });
}

/**
 * R4: "An equity round that can issue nothing gives its participants an unknown stake and makes every line of a
 * notional company estimated."
 */
function cannotIssue(company: Company, round: Fact): void {
  const grounds = roundGrounds(round);
  join(company, round, { pool: null, members: round.investors, grounds });
  for (const { holder } of round.fields.conversions?.value ?? []) {
    company.giveUnknownStake(
      { holder, stockClass: classOf(round), from: 'equity', pool: null },
      grounds.with(new Grounds()).use(round.fields.conversions),
    );
  }
  madeEstimated(company);
}

/** R4, of a round that issues nothing itself, whatever its conversions issue. */
function madeEstimated(company: Company): void {
  if (company.register === 'notional') company.changedTotal({ estimated: true });
}

/**
 * R5: "Secondary: as equity with T′ = T, units from `undisclosed`, no conversions." U4: "a secondary's take the
 * round's" class.
 */
function closeSecondary(company: Company, round: Fact): void {
  const issue = issueOf(company, round);
  if (issue === null) {
    join(company, round, { pool: null, members: round.investors, grounds: roundGrounds(round) });
    return;
  }
  const shares = shareOut(company, round, issue);
  if (shares.overAllocated) company.raise('over-allocated', shares.changedBy.entries);
  const pool = openPool(company, round);
  takeFromUndisclosed(company, round, shares);
  join(company, round, { pool, members: shares.members, grounds: issue.grounds });
}

function takeFromUndisclosed(company: Company, round: Fact, shares: Shares): void {
  const stockClass = classOf(round);
  let missing = 0n;
  for (const line of shares.lines) {
    const { units, grounds, basis } = line;
    const to = accountOf(company, round, line);
    const slices = giving(undisclosedGives(company, stockClass), units);
    for (const { account, units: part } of slices) {
      post(company, { from: account, to, units: part, grounds, basis });
    }
    const short = units - total(slices);
    const below = company.account(UNDISCLOSED, stockClass);
    post(company, { from: below, to, units: short, grounds, basis });
    if (short > 0n) missing += short;
  }
  if (missing > 0n) company.raise('overdrawn', shares.changedBy.entries);
}

const poolName = (round: Fact): string => `pool:${String(round.key[1])}#${String(round.key[2])}`;

/** The account a line of the round is posted to. */
const accountOf = (company: Company, round: Fact, { investor }: RoundLine) =>
  company.account(investor === 'pool' ? poolName(round) : investor.investor.value, classOf(round));

/** N2: "What a round issued but nobody's figures claim lies in the account `pool:<roundId>#<tranche>`". */
function openPool(company: Company, round: Fact): Pool {
  const pool = {
    account: poolName(round),
    stockClass: classOf(round),
    investors: new Set(
      round.investors.map(({ investor }) => investor.value).filter((id) => id !== UNDISCLOSED),
    ),
  };
  company.pools.push(pool);
  return pool;
}

interface Membership {
  readonly pool: Pool | null;
  readonly members: readonly Investor[];
  readonly grounds: Grounds;
}

/** N1, N2: participants without a figure hold an unknown stake; those of a round that issued are members of its pool. */
function join(company: Company, round: Fact, { pool, members, grounds }: Membership): void {
  const from = round.fields.kind?.value === 'secondary' ? 'secondary' : 'equity';
  for (const { investor } of members) {
    company.giveUnknownStake(
      { holder: investor.value, stockClass: classOf(round), from, pool },
      grounds.with(new Grounds()).use(investor),
    );
  }
}
