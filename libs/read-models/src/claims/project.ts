import type { Timeline } from '#libs/fold';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const claimTable: StepTable = {
  name: 'claim',
  key: [
    ['company', 'text'],
    ['holder', 'text'],
    ['round_id', 'text'],
    ['tranche', 'bigint'],
    ['currency', 'text'],
    ['effective_from', 'date'],
  ],
  values: ['ended', 'amount', 'entries'],
};

/** Every step of the convertible claims on one company. Pure. */
export function projectClaims({ company, days }: Timeline): Step[] {
  return days.flatMap(({ day, claims }) =>
    claims.map((claim) =>
      step(
        claimTable,
        [company, claim.holder, claim.roundId, claim.tranche, claim.currency ?? '', day],
        [claim.ended, claim.amount, claim.entries],
      ),
    ),
  );
}
