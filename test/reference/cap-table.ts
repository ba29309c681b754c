import type { Believed } from './believe.ts';
import { believe } from './believe.ts';
import type { Entry } from './claims.ts';
import { byBytes } from './claims.ts';
import { contradicted } from './comparisons.ts';
import { Company } from './company.ts';
import type { NoteClaim } from './company.ts';
import type { Finding } from './finding.ts';
import { listed } from './finding.ts';
import { exactly, printPlain } from './fraction.ts';
import type { Line } from './lines.ts';
import { lines } from './lines.ts';
import { inOrder } from './order.ts';
import { closeRound } from './rounds.ts';
import { changeStake } from './stakes.ts';
import { valueRound } from './valuations.ts';

/** "cap table" of 4-http.md. */
export interface CapTable {
  readonly company: string;
  readonly register: 'recorded' | 'notional';
  readonly totalOutstanding: string | null;
  readonly totalFullyDiluted: string | null;
  readonly lines: readonly Line[];
  readonly claims: readonly NoteClaim[];
  readonly findings: readonly Finding[];
}

/** A question on both axes: as of a day, as known at a position. */
export interface Question {
  readonly asOf: string;
  readonly position: number;
}

/** The company's cap table. B3: "A party can be asked for under either id; the answer names the id it is read under." */
export function capTable(entries: readonly Entry[], company: string, at: Question): CapTable {
  return capTableOf(believe(entries, at.position), company, at.asOf);
}

export function capTableOf(believed: Believed, asked: string, asOf: string): CapTable {
  const company = companyAsOf(believed, believed.readUnder(asked), asOf);
  const recorded = company.register === 'recorded';
  const raised = believed.findings.filter(
    ({ companies, day }) => companies.includes(company.id) && day <= asOf,
  );
  return {
    company: company.id,
    register: company.register,
    totalOutstanding: recorded ? printPlain(exactly(company.unitsOutstanding)) : null,
    totalFullyDiluted: recorded ? printPlain(exactly(company.unitsInIssue)) : null,
    lines: lines(company),
    claims: [...company.claims].sort(
      (a, b) =>
        byBytes(a.holder, b.holder) ||
        byBytes(a.roundId, b.roundId) ||
        a.tranche - b.tranche ||
        byBytes(Object.keys(a.amount ?? {}).join(), Object.keys(b.amount ?? {}).join()),
    ),
    findings: listed([...raised, ...company.findings, ...contradicted(company)]),
  };
}

/** T2: "The timeline is the company's state after each day on which something happened; `asOf` reads the last one on or before it." */
export function companyAsOf(believed: Believed, id: string, asOf: string): Company {
  const company = new Company(id, believed);
  const facts = inOrder(id, believed.facts).filter(({ day }) => day <= asOf);
  for (const { fact, day } of facts) {
    if (company.now === 0) company.found();
    company.now += 1;
    company.day = day;
    if (fact.type === 'stake-changed') changeStake(company, fact);
    else {
      closeRound(company, fact);
      valueRound(company, fact);
    }
  }
  return company;
}
