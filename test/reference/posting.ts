import { UNDISCLOSED, isOptionClass } from './claims.ts';
import type { Account, Basis, Company } from './company.ts';
import type { Units } from './fraction.ts';
import { exactly, compare, decimal } from './fraction.ts';
import type { Grounds } from './grounds.ts';

/** Who gives or takes: an account, or the issuer, against whom units are issued and cancelled (U1). */
export type Side = Account | 'issuer';

export interface Posting {
  readonly from: Side;
  readonly to: Side;
  readonly units: Units;
  readonly grounds: Grounds;
  readonly basis: Basis;
}

/** U1: "a posting moves units between accounts …, or issues and cancels them against the issuer, and sums to zero." */
export function post(company: Company, { from, to, units, grounds, basis }: Posting): void {
  if (units === 0n) return;
  for (const [side, change] of [
    [from, -units],
    [to, units],
  ] as const) {
    if (side === 'issuer') continue;
    side.units += change;
    company.feed(side, grounds, basis);
  }
}

/** U5: "T above 10^40: `out-of-range`, nothing moves." */
export const outOfRange = (unitsInIssue: Units): boolean =>
  compare(exactly(unitsInIssue), decimal(`1${'0'.repeat(40)}`)) > 0;

/** Which classes a fact is about (S2). */
export interface Scope {
  /** The class the fact states, if it does. */
  readonly stockClass: string | null;
  /** True: "for a fully-diluted disclosure all" classes, options included. */
  readonly all: boolean;
}

/** S2: "Scope is `stockClass`, else all outstanding classes (for a fully-diluted disclosure all)." */
export function inScope({ stockClass, all }: Scope, of: string | null): boolean {
  if (stockClass !== null) return of === stockClass;
  return all || !isOptionClass(of);
}

/** A part of what a holder gives: so many units of one of its accounts. */
interface Slice {
  readonly account: Account;
  readonly units: Units;
}

/**
 * U4: "Units leave any holder in class-name order, no class first, unless `stockClass` says which." Of what is
 * wanted, as much as there is.
 */
export function giving(accounts: readonly Account[], wanted: Units): Slice[] {
  const slices: Slice[] = [];
  let missing = wanted;
  for (const account of accounts) {
    const units = account.units < missing ? account.units : missing;
    if (units <= 0n) continue;
    slices.push({ account, units });
    missing -= units;
  }
  return slices;
}

/**
 * U4: "`Undisclosed` gives units without a class and of `stockClass`; without `stockClass`, those of outstanding
 * classes in name order."
 */
export const undisclosedGives = (company: Company, of: string | null): Account[] =>
  company
    .accountsOf(UNDISCLOSED)
    .filter(({ stockClass }) =>
      of === null ? !isOptionClass(stockClass) : stockClass === null || stockClass === of,
    );

const accountsInScope = (company: Company, holder: string, scope: Scope): Account[] =>
  company.accountsOf(holder).filter(({ stockClass }) => inScope(scope, stockClass));

export const total = (slices: readonly { readonly units: Units }[]): Units =>
  slices.reduce((all, { units }) => all + units, 0n);

/** What moves, why, and which classes it is about. */
export interface Movement {
  readonly units: Units;
  readonly scope: Scope;
  readonly grounds: Grounds;
  readonly basis: Basis;
}

/**
 * Units of `holder` go to `taker`, or (null) back to the issuer. U4: "They take `stockClass` if stated, else keep theirs".
 * What the holder does not have leaves it below zero "in the fact's class" (S2).
 */
export function hand(
  company: Company,
  holder: string,
  taker: string | null,
  { units, scope, grounds, basis }: Movement,
): void {
  const slices = giving(accountsInScope(company, holder, scope), units);
  const missing = units - total(slices);
  if (missing > 0n)
    slices.push({ account: company.account(holder, scope.stockClass), units: missing });
  for (const { account, units: part } of slices) {
    const stockClass = scope.stockClass ?? account.stockClass;
    const to = taker === null ? 'issuer' : company.account(taker, stockClass);
    post(company, { from: account, to, units: part, grounds, basis });
  }
}

/**
 * S2: "**reveal(holder, q, scope)** makes sure a holder has q units in scope: take what is missing from the pools
 * of rounds it took part in, newest first, pools of another class passed over; then from `undisclosed`. Still
 * missing: `overdrawn`; in a share register the holder goes below zero (in the fact's class) and later units heal
 * it; in a notional company, and for a disclosure always, `undisclosed` does."
 */
export function reveal(
  company: Company,
  holder: string,
  movement: Movement,
  { disclosure }: { readonly disclosure: boolean },
): void {
  const { scope, grounds, basis } = movement;
  let missing = movement.units - unitsInScope(company, holder, scope);
  const take = (from: Account, most: Units, stockClass: string | null): void => {
    const units = most < missing ? most : missing;
    const to = company.account(holder, stockClass);
    if (units <= 0n) return;
    post(company, { from, to, units, grounds, basis });
    missing -= units;
  };
  for (const pool of [...company.pools].reverse()) {
    const another = pool.stockClass !== null && !inScope(scope, pool.stockClass);
    if (another || !mayBeRevealed(company, pool.account, holder)) continue;
    const account = company.account(pool.account, pool.stockClass);
    take(account, account.units, scope.stockClass ?? pool.stockClass);
  }
  for (const { account, units } of giving(undisclosedGives(company, scope.stockClass), missing)) {
    const stockClass = scope.stockClass ?? account.stockClass;
    if (account !== company.account(holder, stockClass)) take(account, units, stockClass);
  }
  if (missing <= 0n) return;
  company.raise('overdrawn', grounds.entries);
  if (company.register === 'recorded' && !disclosure) return;
  take(company.account(UNDISCLOSED, scope.stockClass), missing, scope.stockClass);
}

export const unitsInScope = (company: Company, holder: string, scope: Scope): Units =>
  total(accountsInScope(company, holder, scope));

/**
 * N2: "Every participant may be revealed from it." N5: "an exit hands them to the counterparty, or ends them. The
 * right to be revealed from a pool outlives the membership." Whoever was handed a membership may be, too.
 */
function mayBeRevealed(company: Company, account: string, holder: string): boolean {
  const pool = company.pools.find((one) => one.account === account);
  return pool?.investors.has(holder) === true;
}
