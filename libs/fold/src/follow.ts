import type { PartyId } from '#libs/events';
import { Believing, type FactChange } from './believing.ts';
import { Closure } from './closure.ts';
import type { Entry } from './entry.ts';
import type { BeliefFinding, Conflict, Fact } from './fact.ts';
import { FoldedDays, type DayChange } from './folded-days.ts';
import { homeOfFact } from './home.ts';
import { linkToRates, type Link } from './links.ts';
import { Placement, type PlacedFact } from './placement.ts';
import type { Finding, Timeline } from './timeline.ts';

/**
 * One company, followed as the ledger grows: entries in, the days out of which its timeline now
 * says something else. After each position it is what believing and folding all entries gives.
 *
 * ```ts
 * const links = company.add(entries);     // and, while there are any, add what bears them
 * const changes = company.settle();       // the days that changed, once nothing is missing
 * ```
 *
 * **Appending.** Let D be the last day on which something happened. A position appends, at a cost
 * that does not grow with the company's length, if each fact and finding that it adds, removes or
 * changes is on D or later, before and after. So it does not append
 *
 * - if it has to do with a fact before D: it competes with one, or removes, supersedes, re-dates or
 *   joins ids in one (a fact of D is folded again with its day)
 * - if a round or an issuance comes, goes or moves within the period of a vaguely dated change that
 *   is placed before D (T1)
 * - if it changes a rate between two of the company's currencies on or before a day before D
 *
 * Then all is folded again from the earliest day that changed, from the nearest state that is kept.
 * Deals, descriptions, stances and figures move no state: only their own day is folded again.
 * Rule: docs/rules.md#t2
 */
export class CompanyFolding {
  readonly company: PartyId;
  readonly #closure: Closure;
  readonly #believing = new Believing();
  readonly #placement = new Placement();
  readonly #days: FoldedDays;
  #pending = new Map<string, FactChange>();
  #findings: readonly BeliefFinding[] = [];

  constructor(company: PartyId) {
    this.company = company;
    this.#closure = new Closure(company);
    this.#days = new FoldedDays(company);
  }

  /**
   * Adds entries, in any order; those that are none of its business are let go. Gives links never
   * asked for before: every entry known that bears one is to be added before it settles.
   */
  add(entries: Iterable<Entry>): readonly Link[] {
    const fresh = this.#closure.add(entries);
    for (const [key, { before, after }] of this.#believing.add(fresh)) {
      const earlier = this.#pending.get(key);
      this.#pending.set(key, { before: earlier === undefined ? before : earlier.before, after });
    }
    return this.#closure.ask();
  }

  /** Every link ever asked for: an entry that bears none of them changes nothing here. */
  get links(): ReadonlySet<Link> {
    return this.#closure.links;
  }

  /** Folds what changed since it last settled. */
  settle(): readonly DayChange[] {
    const changes = this.#pending;
    this.#pending = new Map();
    for (const { before, after } of this.#placement.update(changes)) {
      if (before !== null) this.#withdraw(before);
      if (after !== null) this.#place(after);
    }
    this.#showFindings();
    for (const change of changes.values()) this.#rerate(change);
    return this.#days.refold(this.#believing);
  }

  get timeline(): Timeline {
    return { company: this.company, days: this.#days.steps };
  }

  #place({ fact, day }: PlacedFact): void {
    if (homeOfFact(fact) === this.company) this.#days.putFact(day, fact);
    for (const conflict of this.#conflictsHere(fact)) {
      this.#days.putFinding(day, findingOf('conflicting-claims', conflict));
    }
  }

  #withdraw({ fact, day }: PlacedFact): void {
    if (homeOfFact(fact) === this.company) this.#days.dropFact(day, fact);
    for (const conflict of this.#conflictsHere(fact)) {
      this.#days.dropFinding(day, findingOf('conflicting-claims', conflict));
    }
  }

  #conflictsHere(fact: Fact): readonly Conflict[] {
    return fact.conflicts.filter(({ companies }) => companies.includes(this.company));
  }

  /** Shows what believing finds at this company now, and no longer what it found before. */
  #showFindings(): void {
    const found = this.#believing.findings();
    if (found === this.#findings) return;
    for (const finding of this.#findings) this.#show(finding, 'dropFinding');
    for (const finding of found) this.#show(finding, 'putFinding');
    this.#findings = found;
  }

  #show(finding: BeliefFinding, how: 'putFinding' | 'dropFinding'): void {
    const { company, from, kind } = finding;
    if (company === this.company) this.#days[how](from, findingOf(kind, finding));
  }

  #rerate({ before, after }: FactChange): void {
    const rate = after ?? before;
    if (rate?.type !== 'fx-rate-published') return;
    if (!this.links.has(linkToRates(rate.base, rate.quote))) return;
    this.#days.staleFrom(rate.date.earliest);
  }
}

function findingOf(kind: Finding['kind'], { entries }: Pick<Finding, 'entries'>): Finding {
  return { kind, entries, ended: false };
}
