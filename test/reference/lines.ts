import type { Strength } from './claims.ts';
import { byBytes, isOptionClass, weakness } from './claims.ts';
import type { Account, Basis, Company, UnknownStake } from './company.ts';
import type { ShownComparison } from './comparisons.ts';
import { comparisonsOf } from './comparisons.ts';
import { basisOfUnits, isEstimated } from './feeds.ts';
import { ascending } from './finding.ts';
import type { Units } from './fraction.ts';
import { exactly, over, print, printPlain } from './fraction.ts';
import { total, undisclosedGives } from './posting.ts';
import { hasLine } from './sellers.ts';

/** A line of the cap-table answer (4-http.md). */
export interface Line {
  readonly holder: string;
  readonly stockClass: string | null;
  readonly units: string | null;
  readonly ownership: string | null;
  readonly ownershipFullyDiluted: string | null;
  readonly ownershipAtMost: string | null;
  readonly basis: Basis;
  readonly source: Strength | null;
  readonly estimated: boolean;
  readonly comparisons: readonly ShownComparison[];
  readonly entries: readonly number[];
}

/** P1: "Lists without a sort are ordered by their keys' UTF-8 bytes." */
export const lines = (company: Company): Line[] =>
  company.accounts
    .filter((account) => hasLine(company, account))
    .map((account) => line(company, account))
    .sort((a, b) => byBytes(a.holder, b.holder) || byBytes(a.stockClass ?? '', b.stockClass ?? ''));

/**
 * L1: "holder, stock class, units (share register only), `ownership` of outstanding units (an option class
 * 0.000000) and `ownershipFullyDiluted` of T, both 6 decimals half-even, null where the whole is ≤ 0;
 * `ownershipAtMost` (N3)."
 */
function line(company: Company, account: Account): Line {
  const { holder, stockClass, units } = account;
  const stakes = stakesOf(company, account);
  const shown = isShown(account, stakes);
  const outstanding = isOptionClass(stockClass) ? 0n : units;
  const entries = ascending(account.feeds.flatMap((feed) => [...feed.entries]));
  return {
    holder,
    stockClass,
    units: shown && company.register === 'recorded' ? printPlain(exactly(units)) : null,
    ownership: shown ? share(outstanding, company.unitsOutstanding) : null,
    ownershipFullyDiluted: shown ? share(units, company.unitsInIssue) : null,
    ownershipAtMost: atMost(company, account, stakes),
    basis: stakes.length > 0 ? 'undisclosed' : basisOfUnits(account),
    source: weakestSource(company, entries),
    estimated: isEstimated(company, account),
    comparisons: comparisonsOf(company, holder),
    entries,
  };
}

export const stakesOf = (company: Company, { holder, stockClass }: Account): UnknownStake[] =>
  company.unknownStakes.filter(
    (stake) => stake.holder === holder && stake.stockClass === stockClass,
  );

/**
 * N3: "its `ownership` is then a lower bound, or null without units." N4: of a seller "its `units` and `ownership`
 * are null".
 */
export const isShown = ({ units }: Account, stakes: readonly UnknownStake[]): boolean =>
  units !== 0n && !stakes.some(({ from }) => from === 'sale');

export const share = (part: Units, whole: Units): string | null =>
  whole <= 0n ? null : print(over(exactly(part), exactly(whole)), 6);

function atMost(
  company: Company,
  account: Account,
  stakes: readonly UnknownStake[],
): string | null {
  const most = unitsAtMost(company, account, stakes);
  return most === null ? null : share(most, company.unitsOutstanding);
}

/**
 * N3: "A holder with an unknown stake has `ownershipAtMost` = (its units + the pools of that class it is a member
 * of + `undisclosed`, if one of its unknown stakes comes from a disclosure or a secondary) / the outstanding units
 * … No bound: an unknown stake from an equity round or a change that no pool with units holds, a stake outside a
 * pool in a share register or when `undisclosed` is empty, an option class." N4: a seller's "bound is its units and
 * pools, without `undisclosed`."
 */
function unitsAtMost(
  company: Company,
  { units, stockClass }: Account,
  stakes: readonly UnknownStake[],
): Units | null {
  if (stakes.length === 0 || isOptionClass(stockClass)) return null;
  const pools = new Set(stakes.flatMap(({ pool }) => pool ?? []));
  const inPool = (account: string): Units => company.account(account, stockClass).units;
  const reach = units + [...pools].reduce((all, pool) => all + inPool(pool.account), 0n);
  if (stakes.some(({ from }) => from === 'sale')) return reach;
  const undisclosed = total(
    undisclosedGives(company, stockClass).filter((account) => account.units > 0n),
  );
  const closed = (from: UnknownStake['from']): boolean =>
    from === 'equity' || from === 'change' || company.register === 'recorded' || undisclosed <= 0n;
  const held = ({ pool }: UnknownStake): boolean => pool !== null && inPool(pool.account) > 0n;
  if (stakes.some((stake) => !held(stake) && closed(stake.from))) return null;
  const open = stakes.some(({ from }) => from === 'disclosure' || from === 'secondary');
  return open && undisclosed > 0n ? reach + undisclosed : reach;
}

/** L4: "the weakest of filing, official, reported, rumoured among its entries …; null without entries." */
export function weakestSource(company: Company, entries: readonly number[]): Strength | null {
  const strengths = entries.map((entry) => company.believed.strength(entry));
  return strengths.sort((a, b) => weakness(b) - weakness(a))[0] ?? null;
}
