import type { Fact } from './fact.ts';
import { compareKeys, dateOf } from './fact.ts';

/** A fact of a company with the day it takes effect. */
export interface PlacedFact {
  readonly fact: Fact;
  readonly day: string;
}

const isRound = ({ type }: Fact): boolean => type === 'round-closed';
const isIssuance = ({ type, fields }: Fact): boolean =>
  type === 'stake-changed' && fields.kind?.value === 'issuance';
const earliestDay = (fact: Fact): string => dateOf(fact).value.earliest;

/**
 * T1: "A fact takes effect on the earliest day of its date. A stake-changed dated by month or longer, if a round
 * of any kind or an issuance of that company (each by the earliest day of its own date) lies within its period,
 * takes the day of the last such one."
 */
export function dayOf(fact: Fact, facts: readonly Fact[]): string {
  const { earliest, latest, vague } = dateOf(fact).value;
  if (fact.type !== 'stake-changed' || !vague) return earliest;
  const within = facts
    .filter((other) => isRound(other) || isIssuance(other))
    .filter((other) => other.fields.company?.value === fact.fields.company?.value)
    .map(earliestDay)
    .filter((day) => earliest <= day && day <= latest);
  return within.sort().at(-1) ?? earliest;
}

/** T2: "rank (issuance in shares, round-closed, other stake-changed, disclosure)". */
function rank(fact: Fact): number {
  if (isRound(fact)) return 1;
  if (fact.fields.kind?.value === 'disclosure') return 3;
  return isIssuance(fact) && fact.fields.shares !== undefined ? 0 : 2;
}

/** T2: "By day, `sequence` or 0, rank …, business key." */
export function inOrder(company: string, facts: readonly Fact[]): PlacedFact[] {
  const sequence = (fact: Fact): number => fact.fields.sequence?.value ?? 0;
  const ofCompany = facts
    .filter(({ type }) => type === 'round-closed' || type === 'stake-changed')
    .filter(({ fields }) => fields.company?.value === company);
  return ofCompany
    .map((fact) => ({ fact, day: dayOf(fact, ofCompany) }))
    .sort(
      (a, b) =>
        (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
        sequence(a.fact) - sequence(b.fact) ||
        rank(a.fact) - rank(b.fact) ||
        compareKeys(a.fact.key, b.fact.key),
    );
}
