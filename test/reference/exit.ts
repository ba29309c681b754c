import { UNDISCLOSED } from './claims.ts';
import type { Company } from './company.ts';
import type { Fact } from './fact.ts';
import { basisOfUnits, isEstimated } from './feeds.ts';
import { Grounds } from './grounds.ts';
import { post } from './posting.ts';

/**
 * S3: "exit: all its positive units, with basis and estimate, to the counterparty or `undisclosed`." N5: "an exit
 * hands them [its memberships and unknown stakes] to the counterparty, or ends them. The right to be revealed from
 * a pool outlives the membership."
 */
export function leave(company: Company, fact: Fact): void {
  const { holder, counterparty, stockClass } = fact.fields;
  const taker = counterparty?.value ?? UNDISCLOSED;
  if (holder === undefined) return;
  const concerns = (of: string | null): boolean =>
    stockClass === undefined || of === stockClass.value;
  const grounds = Grounds.of(fact).use(holder).use(counterparty);
  for (const account of company.accountsOf(holder.value)) {
    if (account.units <= 0n || !concerns(account.stockClass)) continue;
    const both = grounds.with();
    both.estimated ||= isEstimated(company, account);
    const to = company.account(taker, account.stockClass);
    const basis = basisOfUnits(account);
    post(company, { from: account, to, units: account.units, grounds: both, basis });
  }
  const handed = company.unknownStakes.filter(
    (stake) => stake.holder === holder.value && concerns(stake.stockClass),
  );
  company.unknownStakes = company.unknownStakes.filter((stake) => !handed.includes(stake));
  for (const stake of handed) {
    if (taker !== UNDISCLOSED) stake.pool?.investors.add(taker);
    company.giveUnknownStake({ ...stake, holder: taker }, grounds);
  }
}
