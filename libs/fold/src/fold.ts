import type { PartyId } from '#libs/events';
import type { Belief } from './belief.ts';
import { notional } from './company.ts';
import { evolve, type DayOfFacts } from './evolve.ts';
import type { Fact } from './fact.ts';
import { homeOfFact } from './home.ts';
import { anchorsOf, compareFacts, dayOf } from './place.ts';
import type { Day, Finding, Timeline, TimelineDay } from './timeline.ts';

/**
 * The complete timeline of one company: all its facts, each on its day, folded in order. Pure;
 * never throws on a claim, however odd.
 */
export function fold(belief: Belief, company: PartyId): Timeline {
  const days: TimelineDay[] = [];
  let state = notional(company);
  for (const day of daysOf(belief, company)) {
    const { company: next, step } = evolve(state, day, belief);
    state = next;
    if (step !== null) days.push(step);
  }
  return { company, days };
}

/**
 * The days on which something happened to a company, in order, with the facts of each in order.
 * Rule: docs/rules.md#t2
 */
export function daysOf(belief: Belief, company: PartyId): DayOfFacts[] {
  const days = new Map<Day, { facts: Fact[]; findings: Finding[] }>();
  const on = (day: Day): { facts: Fact[]; findings: Finding[] } => {
    const found = days.get(day) ?? { facts: [], findings: [] };
    days.set(day, found);
    return found;
  };
  const placed = placing(belief);
  for (const fact of belief.byCompany.get(company) ?? []) {
    const day = placed(fact);
    if (homeOfFact(fact) === company) on(day).facts.push(fact);
    for (const { companies, entries } of fact.conflicts) {
      if (companies.includes(company)) {
        on(day).findings.push({ kind: 'conflicting-claims', entries, ended: false });
      }
    }
  }
  for (const { company: at, kind, from, entries } of belief.findings) {
    if (at === company) on(from).findings.push({ kind, entries, ended: false });
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { facts, findings }]) => ({ day, facts: facts.sort(compareFacts), findings }));
}

/** Each fact's day, by the rounds and issuances of the company it is of (T1). */
function placing(belief: Belief): (fact: Fact) => Day {
  const anchors = new Map<PartyId, Day[]>();
  return (fact) => {
    const company = homeOfFact(fact);
    if (company === null) return fact.date.earliest;
    const known = anchors.get(company);
    if (known !== undefined) return dayOf(fact, known);
    const found = anchorsOf(company, belief.byCompany.get(company) ?? []);
    anchors.set(company, found);
    return dayOf(fact, found);
  };
}
