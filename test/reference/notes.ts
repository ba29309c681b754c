import type { Company } from './company.ts';
import type { Fact } from './fact.ts';
import { decimal, printPlain } from './fraction.ts';

/**
 * R7: "Convertible: no units; a *claim* {holder, roundId, tranche, amount or null}, one per currency, a lone
 * complete participant's being the round's, until a conversion names the round."
 */
export function lendNotes(company: Company, round: Fact): void {
  const [, roundId, tranche] = round.key;
  const lone = round.complete && round.investors.length === 1;
  for (const { investor, amounts } of round.investors) {
    company.everLent.add(investor.value);
    const own = amounts?.value ?? [];
    const roundAmount = lone && round.fields.amount ? [round.fields.amount.value] : [];
    const lent = own.length > 0 ? own : roundAmount;
    const claim = {
      holder: investor.value,
      roundId: String(roundId),
      tranche: Number(tranche),
    };
    if (lent.length === 0) company.claims.push({ ...claim, amount: null });
    for (const { amount, currency } of lent) {
      company.claims.push({ ...claim, amount: { [currency]: printPlain(decimal(amount)) } });
    }
  }
}

/** R7: "until a conversion names the round". */
export function convertNotes(company: Company, round: Fact): void {
  const named = new Set(round.fields.conversions?.value.map(({ fromRoundId }) => fromRoundId));
  company.claims = company.claims.filter(({ roundId }) => !named.has(roundId));
}
