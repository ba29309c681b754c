import type { CompanyState } from '../cap-table/view.ts';
import { Problem } from '../http/problem.ts';

/** @throws Problem where nothing is said of a company, or a defect keeps it from being projected. */
export function requireCompany(company: string, { isKnown, hasFailed }: CompanyState): void {
  if (hasFailed) {
    const detail = `${company} could not be projected at this position; others are not concerned.`;
    throw new Problem('projection-failed', detail, { retryAfterSeconds: 60 });
  }
  if (!isKnown) {
    throw new Problem('unknown-party', `No entry up to this position speaks of ${company}.`);
  }
}
