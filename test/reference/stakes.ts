import type { StakeKind } from './claims.ts';
import { UNDISCLOSED } from './claims.ts';
import { compareParties } from './comparisons.ts';
import type { Company } from './company.ts';
import { disclose } from './disclosure.ts';
import { leave } from './exit.ts';
import type { Fact } from './fact.ts';
import type { Units } from './fraction.ts';
import { decimal, exactly, over, posted, times } from './fraction.ts';
import { Grounds } from './grounds.ts';
import type { Movement, Scope } from './posting.ts';
import { hand, outOfRange, post, reveal } from './posting.ts';
import type { Quantity } from './quantity.ts';
import { quantity, stakeGrounds } from './quantity.ts';
import { sellUnknownPart } from './sellers.ts';

export function changeStake(company: Company, fact: Fact): void {
  const kind = fact.fields.kind?.value as StakeKind;
  switch (kind) {
    case 'split':
      split(company, fact);
      break;
    case 'disclosure':
      disclose(company, fact);
      break;
    case 'exit':
      leave(company, fact);
      break;
    case 'issuance':
      openRegister(company, fact);
      changeByQuantity(company, fact, kind);
      break;
    case 'transfer':
    case 'repurchase':
    case 'cancellation':
    case 'conversion':
    case 'exercise':
      changeByQuantity(company, fact, kind);
  }
  compareParties(company, fact);
}

/**
 * U3: "The first `issuance` in `shares` (without `sharesOutstanding`) opens it: all notional units, pools and
 * unknown stakes end, T starts at 0, a unit is a share."
 */
function openRegister(company: Company, fact: Fact): void {
  const { shares, sharesOutstanding } = fact.fields;
  if (company.register === 'recorded' || shares === undefined || sharesOutstanding !== undefined) {
    return;
  }
  company.register = 'recorded';
  company.accounts = [];
  company.pools = [];
  company.unknownStakes = [];
  company.estimatedAt = 0;
}

/** 1-events.md: "holder (absent for split)". */
function holderOf({ fields }: Fact): string {
  if (fields.holder === undefined) throw new Error('a change of stake without its holder');
  return fields.holder.value;
}

type ByQuantity = Exclude<StakeKind, 'split' | 'disclosure' | 'exit'>;

/** S3, for the kinds that move q units. */
function changeByQuantity(company: Company, fact: Fact, kind: ByQuantity): void {
  const q = quantity(company, fact);
  const moved = q !== null && move(company, fact, { q, kind });
  if (!moved) withoutFigure(company, fact, kind);
}

/** False: out of range, and nothing moved. */
function move(
  company: Company,
  fact: Fact,
  { q, kind }: { readonly q: Quantity; readonly kind: ByQuantity },
): boolean {
  const { counterparty, stockClass } = fact.fields;
  const holder = holderOf(fact);
  const grounds = stakeGrounds(company, fact);
  const scope: Scope = { stockClass: stockClass?.value ?? null, all: false };
  const movement: Movement = { units: q.units, scope, grounds, basis: q.basis };
  switch (kind) {
    case 'issuance':
      return issue(company, holder, movement);
    case 'transfer':
      reveal(company, holder, movement, { disclosure: false });
      hand(company, holder, counterparty?.value ?? UNDISCLOSED, movement);
      return true;
    case 'repurchase':
    case 'cancellation':
      takeBack(company, holder, movement);
      return true;
    case 'conversion':
    case 'exercise':
      return convert(company, fact, movement, q);
  }
}

/** S3: "issuance: holder +q." */
function issue(company: Company, holder: string, movement: Movement): boolean {
  const { units, scope, grounds, basis } = movement;
  if (outOfRange(company.unitsInIssue + units)) {
    company.raise('out-of-range', grounds.entries);
    return false;
  }
  const to = company.account(holder, scope.stockClass);
  post(company, { from: 'issuer', to, units, grounds, basis });
  if (units !== 0n) company.changedTotal(grounds);
  return true;
}

/** S3: "repurchase, cancellation: reveal, then holder → issuer." */
function takeBack(company: Company, holder: string, movement: Movement): void {
  reveal(company, holder, movement, { disclosure: false });
  hand(company, holder, null, movement);
  if (movement.units !== 0n) company.changedTotal(movement.grounds);
}

/** S3: "exercise, conversion: reveal, then −q of `stockClass`, +`toShares` (default q) of `toStockClass`." */
function convert(company: Company, fact: Fact, movement: Movement, q: Quantity): boolean {
  const { toStockClass } = fact.fields;
  const name = holderOf(fact);
  const units = unitsConvertedTo(company, fact, q);
  const grounds = movement.grounds.with();
  if (statesUnitsTo(company, fact)) grounds.use(fact.fields.toShares);
  if (outOfRange(company.unitsInIssue - q.units + units)) {
    company.raise('out-of-range', grounds.entries);
    return false;
  }
  reveal(company, name, { ...movement, grounds }, { disclosure: false });
  hand(company, name, null, { ...movement, grounds });
  const to = company.account(name, toStockClass?.value ?? null);
  post(company, { from: 'issuer', to, units, grounds, basis: q.basis });
  if (units !== q.units) company.changedTotal(grounds);
  return true;
}

/** In a notional company `toShares`, like `shares`, counts only with `sharesOutstanding` (U2). */
const statesUnitsTo = (company: Company, { fields }: Fact): boolean =>
  fields.toShares !== undefined &&
  (company.register === 'recorded' || fields.sharesOutstanding !== undefined);

function unitsConvertedTo(company: Company, fact: Fact, q: Quantity): Units {
  const { toShares, sharesOutstanding } = fact.fields;
  if (toShares === undefined || !statesUnitsTo(company, fact)) return q.units;
  if (company.register === 'recorded' || sharesOutstanding === undefined) {
    return posted(decimal(toShares.value));
  }
  const part = over(decimal(toShares.value), decimal(sharesOutstanding.value));
  return posted(times(part, exactly(company.unitsOutstanding)));
}

/**
 * N1: "A purchase or change without a usable figure moves nothing and gives its holder (of a transfer also the
 * counterparty) an unknown stake."
 */
function withoutFigure(company: Company, fact: Fact, kind: ByQuantity): void {
  const { counterparty, stockClass } = fact.fields;
  const holder = holderOf(fact);
  const grounds = Grounds.of(fact).use(fact.fields.holder).use(counterparty);
  const ofClass = stockClass?.value ?? null;
  if (kind === 'transfer' || kind === 'repurchase' || kind === 'cancellation') {
    sellUnknownPart(company, { holder: holder, stockClass: ofClass, grounds });
    if (kind === 'transfer' && counterparty !== undefined) {
      unknownFromChange(company, counterparty.value, ofClass, grounds);
    }
    return;
  }
  unknownFromChange(company, holder, ofClass, grounds);
}

function unknownFromChange(
  company: Company,
  holder: string,
  stockClass: string | null,
  grounds: Grounds,
): void {
  company.giveUnknownStake({ holder, stockClass, from: 'change', pool: null }, grounds);
}

/** S3: "split: all units (of `stockClass` if given) × ratio; no effect on a notional company." */
function split(company: Company, fact: Fact): void {
  const { ratio, stockClass } = fact.fields;
  if (company.register === 'notional' || ratio === undefined) return;
  const by = over(decimal(ratio.value.numerator), decimal(ratio.value.denominator));
  const grounds = Grounds.of(fact).use(ratio);
  const changes = company.accounts
    .filter((account) => stockClass === undefined || account.stockClass === stockClass.value)
    .map((account) => ({ account, after: posted(times(exactly(account.units), by)) }))
    .map(({ account, after }) => ({ account, units: after - account.units }));
  const change = changes.reduce((all, { units }) => all + units, 0n);
  if (outOfRange(company.unitsInIssue + change)) {
    company.raise('out-of-range', grounds.entries);
    return;
  }
  for (const { account, units } of changes) {
    post(company, { from: 'issuer', to: account, units, grounds, basis: 'recorded' });
  }
  if (change !== 0n) company.changedTotal(grounds);
}
