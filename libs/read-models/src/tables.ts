import type { PartyId } from '#libs/events';
import type { Belief, Timeline } from '#libs/fold';
import { comparisonTable, holdingTable, projectCapTable } from './cap-table/project.ts';
import { claimTable, projectClaims } from './claims/project.ts';
import { findingTable, projectFindings } from './findings/project.ts';
import { identityTable, projectIdentity } from './identities/project.ts';
import { partyTable, projectParty } from './parties/project.ts';
import { projectPurchases, purchaseTable } from './portfolio/project.ts';
import { failedCompanyTable } from './projection/project.ts';
import { rateTable } from './rates/project.ts';
import { projectStanding, standingTable } from './standing/project.ts';
import type { Step, StepTable } from './steps.ts';
import { projectValuations, valuationTable } from './valuations/project.ts';

/** Every step table, one by one owned by its folder. */
export const stepTables: readonly StepTable[] = [
  holdingTable,
  comparisonTable,
  standingTable,
  claimTable,
  findingTable,
  valuationTable,
  purchaseTable,
  partyTable,
  identityTable,
  rateTable,
  failedCompanyTable,
];

/** All rows that a company's timeline, or some days of it, says should be believed. Pure. */
export function projectTimeline(timeline: Timeline): Step[] {
  return [
    ...projectStanding(timeline),
    ...projectCapTable(timeline),
    ...projectClaims(timeline),
    ...projectFindings(timeline),
    ...projectValuations(timeline),
    ...projectPurchases(timeline),
  ];
}

/** All rows that say who a party is. Pure. */
export function projectDescription(belief: Belief, party: PartyId): Step[] {
  return [...projectParty(belief, party), ...projectIdentity(belief, party)];
}
