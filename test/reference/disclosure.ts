import { UNDISCLOSED } from './claims.ts';
import type { Company } from './company.ts';
import type { Fact } from './fact.ts';
import { compare, decimal, exactly, minus, over } from './fraction.ts';
import { Grounds } from './grounds.ts';
import type { Movement, Scope } from './posting.ts';
import { hand, inScope, reveal, unitsInScope } from './posting.ts';
import { quantity, stakeGrounds, wholeOf } from './quantity.ts';

/**
 * S3: "disclosure: the holder's units in scope become exactly q: more through reveal, less back to `undisclosed`."
 */
export function disclose(company: Company, fact: Fact): void {
  const { holder, shares, ownership, ownershipBasis, stockClass } = fact.fields;
  if (holder === undefined) return;
  const scope: Scope = {
    stockClass: stockClass?.value ?? null,
    all: ownershipBasis?.value === 'fully-diluted',
  };
  if (company.register === 'recorded' && shares === undefined && ownership !== undefined) {
    compareWithRegister(company, fact, scope);
    return;
  }
  const q = quantity(company, fact);
  if (q === null) {
    meet(company, fact);
    return;
  }
  const movement: Movement = { ...q, scope, grounds: stakeGrounds(company, fact) };
  const before = unitsInScope(company, holder.value, scope);
  if (before < q.units) reveal(company, holder.value, movement, { disclosure: true });
  if (before > q.units) {
    hand(company, holder.value, UNDISCLOSED, { ...movement, units: before - q.units });
  }
  startAnew(company, holder.value, movement);
}

/**
 * N5: "A disclosure with a figure ends the holder's memberships and unknown stakes in its scope and starts its
 * lines there anew".
 */
function startAnew(company: Company, holder: string, { scope, grounds, basis }: Movement): void {
  company.unknownStakes = company.unknownStakes.filter(
    (stake) => stake.holder !== holder || !inScope(scope, stake.stockClass),
  );
  for (const account of company.accountsOf(holder)) {
    const line = account.units !== 0n || account.feeds.length > 0;
    if (!line || !inScope(scope, account.stockClass)) continue;
    account.feeds = [];
    account.disclosedAt = company.now;
    company.feed(account, grounds, basis);
  }
}

/**
 * N1: "A disclosure without a figure does so only for a holder not yet known (no units, membership or unknown
 * stake)."
 */
function meet(company: Company, fact: Fact): void {
  const { holder, counterparty, stockClass } = fact.fields;
  if (holder === undefined) return;
  const known =
    company.accountsOf(holder.value).some(({ units }) => units !== 0n) ||
    company.unknownStakes.some((stake) => stake.holder === holder.value);
  if (known) return;
  company.giveUnknownStake(
    {
      holder: holder.value,
      stockClass: stockClass?.value ?? null,
      from: 'disclosure',
      pool: null,
    },
    Grounds.of(fact).use(holder).use(counterparty),
  );
}

/**
 * U3: "A percentage disclosure changes nothing (units, unknown stakes, basis, entries); if it differs from the
 * register by more than 0.0005: `disclosure-differs`."
 */
function compareWithRegister(company: Company, fact: Fact, scope: Scope): void {
  const { holder, ownership, ownershipBasis } = fact.fields;
  if (holder === undefined || ownership === undefined) return;
  const whole = wholeOf(company, ownershipBasis?.value === 'fully-diluted');
  if (whole === null) {
    company.raise('nothing-outstanding', stakeGrounds(company, fact).entries);
    return;
  }
  const registered = over(exactly(unitsInScope(company, holder.value, scope)), whole);
  const difference = minus(registered, decimal(ownership.value));
  const size = difference.top < 0n ? minus({ top: 0n, bottom: 1n }, difference) : difference;
  if (compare(size, decimal('0.0005')) > 0) {
    company.raise('disclosure-differs', stakeGrounds(company, fact).entries);
  }
}
