import { Change, type Grounds } from './change.ts';
import type { Company } from './company.ts';
import type { Fact } from './fact.ts';
import { closeRound } from './facts/round-closed.ts';
import { changeStake } from './facts/stake-changed.ts';
import { stepOf } from './step.ts';
import type { Day, Finding, TimelineDay } from './timeline.ts';
import { noteStatedValuation } from './valuations.ts';

/** All that happened to a company on a day. */
export interface DayOfFacts {
  readonly day: Day;
  /** Facts of this company, in the order of T2. */
  readonly facts: readonly Fact[];
  /** What believing found, shown from this day on. */
  readonly findings: readonly Finding[];
}

/**
 * The company after one more day, and what the day changed (null: nothing). Pure; never throws on
 * a claim, however odd. Costs what the day's facts move, not what the company holds.
 */
export function evolve(
  company: Company,
  { day, facts, findings }: DayOfFacts,
  grounds: Grounds,
): { readonly company: Company; readonly step: TimelineDay | null } {
  const change = new Change(company, day, grounds);
  for (const { kind, entries } of findings) change.find(kind, entries);
  for (const fact of facts) fold(change, fact);
  const step = stepOf(change);
  return { company: change.company, step };
}

/** One fact more. Intentions, descriptions, stances and rates move no units. */
function fold(change: Change, fact: Fact): void {
  switch (fact.type) {
    case 'round-closed':
      change.begin();
      closeRound(change, fact);
      break;
    case 'stake-changed':
      change.begin();
      changeStake(change, fact);
      break;
    case 'figure-stated':
      noteStatedValuation(change, fact);
      break;
    case 'deal-announced':
    case 'party-described':
    case 'stance-stated':
    case 'fx-rate-published':
      break;
  }
}
