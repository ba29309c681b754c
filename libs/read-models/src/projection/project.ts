import type { PartyId } from '#libs/events';
import { step } from '../steps.ts';
import type { Step, StepTable } from '../steps.ts';

export const failedCompanyTable: StepTable = {
  name: 'failed_company',
  key: [['company', 'text']],
  values: ['error'],
};

/** That a company's fold failed, and how: all that is believed of it then. */
export function projectFailure(company: PartyId, error: string): Step {
  return step(failedCompanyTable, [company], [error]);
}
