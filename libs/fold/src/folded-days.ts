import type { PartyId } from '#libs/events';
import type { Grounds } from './change.ts';
import { notional, type Company } from './company.ts';
import { evolve, type DayOfFacts } from './evolve.ts';
import type { Fact } from './fact.ts';
import { compareFacts } from './place.ts';
import { isSame } from './same.ts';
import type { Day, Finding, TimelineDay } from './timeline.ts';

/** What a timeline says of a day, before and after; null: nothing. */
export interface DayChange {
  readonly day: Day;
  readonly before: TimelineDay | null;
  readonly after: TimelineDay | null;
}

/** The state after every so many days is kept, so that no refold need go back further. */
const KEPT_EVERY = 16;

/** The last states are kept too: facts of the last day and of later ones append. */
const KEPT_LAST = 2;

/** The days of one company with what happened on each, folded, and folded again where that changed. */
export class FoldedDays {
  readonly #company: PartyId;
  /** Ascending. None is empty once refolded. */
  #days: FoldedDay[] = [];
  /** Days whose facts or findings changed since the last refold. */
  readonly #stale = new Set<Day>();
  /** From here on states are no longer what they were; null: all hold. */
  #staleFrom: Day | null = null;

  constructor(company: PartyId) {
    this.#company = company;
  }

  /** What the timeline says, without the days of which it says nothing. */
  get steps(): readonly TimelineDay[] {
    return this.#days.flatMap(({ step }) => step ?? []);
  }

  putFact(day: Day, fact: Fact): void {
    this.#at(day).facts.set(fact.key, fact);
    this.#touch(day, fact);
  }

  dropFact(day: Day, fact: Fact): void {
    this.#at(day).facts.delete(fact.key);
    this.#touch(day, fact);
  }

  putFinding(day: Day, finding: Finding): void {
    this.#at(day).findings.set(keyOfFinding(finding), finding);
    this.#stale.add(day);
  }

  dropFinding(day: Day, finding: Finding): void {
    this.#at(day).findings.delete(keyOfFinding(finding));
    this.#stale.add(day);
  }

  /** What the fold reads beside facts is another from a day on: so may be the states. */
  staleFrom(day: Day): void {
    if (this.#staleFrom === null || day < this.#staleFrom) this.#staleFrom = day;
  }

  /** Folds again what changed; gives the days of which the timeline now says something else. */
  refold(grounds: Grounds): readonly DayChange[] {
    const from = this.#staleFrom;
    const changes = [...this.#stale]
      .filter((day) => from === null || day < from)
      .sort(compareDays)
      .flatMap((day) => this.#restate(day, grounds));
    if (from !== null) changes.push(...this.#refoldFrom(from, grounds));
    this.#stale.clear();
    this.#staleFrom = null;
    return changes;
  }

  /** Rounds and changes of stakes move the state; whatever else happens only shows on its day. */
  #touch(day: Day, { type }: Fact): void {
    this.#stale.add(day);
    if (type === 'round-closed' || type === 'stake-changed') this.staleFrom(day);
  }

  /** One day again, which leaves the states after it as they are. */
  #restate(day: Day, grounds: Grounds): DayChange[] {
    const at = this.#indexOf(day);
    const folded = this.#days[at];
    if (folded?.day !== day) return [];
    const changes = folded.refold(this.#stateBefore(at, grounds), grounds);
    if (folded.isEmpty) this.#days.splice(at, 1);
    this.#keepStates(at);
    return changes;
  }

  #refoldFrom(from: Day, grounds: Grounds): DayChange[] {
    const at = this.#indexOf(from);
    let state = this.#stateBefore(at, grounds);
    const changes: DayChange[] = [];
    const tail = this.#days.splice(at);
    for (const folded of tail) {
      changes.push(...folded.refold(state, grounds));
      state = folded.after ?? state;
      if (!folded.isEmpty) this.#days.push(folded);
      this.#forgetState(this.#days.length - 1 - KEPT_LAST);
    }
    this.#keepStates(at);
    return changes;
  }

  #stateBefore(at: number, grounds: Grounds): Company {
    const kept = this.#days.findLastIndex(({ after }, index) => index < at && after !== null);
    let state = this.#days[kept]?.after ?? notional(this.#company);
    for (const { content } of this.#days.slice(kept + 1, at)) {
      state = evolve(state, content, grounds).company;
    }
    return state;
  }

  /** Forgets the states that are no longer among the last ones. */
  #keepStates(from: number): void {
    const first = from < KEPT_LAST ? 0 : from - KEPT_LAST;
    for (let index = first; index < this.#days.length - KEPT_LAST; index++)
      this.#forgetState(index);
  }

  #forgetState(index: number): void {
    const folded = this.#days[index];
    if (folded !== undefined && index % KEPT_EVERY !== KEPT_EVERY - 1) folded.after = null;
  }

  #at(day: Day): FoldedDay {
    const at = this.#indexOf(day);
    const found = this.#days[at];
    if (found?.day === day) return found;
    const added = new FoldedDay(day);
    this.#days.splice(at, 0, added);
    return added;
  }

  /** Where the first day is that is not before `day`: most often the end, so it looks from there. */
  #indexOf(day: Day): number {
    const last = this.#days.at(-1);
    if (last === undefined || last.day < day) return this.#days.length;
    let low = 0;
    let high = this.#days.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle]?.day ?? day) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What happened to a company on a day, and what it made of it. */
class FoldedDay {
  readonly day: Day;
  readonly facts = new Map<string, Fact>();
  readonly findings = new Map<string, Finding>();
  step: TimelineDay | null = null;
  /** The company after the day; null: not kept. */
  after: Company | null = null;

  constructor(day: Day) {
    this.day = day;
  }

  get isEmpty(): boolean {
    return this.facts.size === 0 && this.findings.size === 0;
  }

  get content(): DayOfFacts {
    return {
      day: this.day,
      facts: [...this.facts.values()].sort(compareFacts),
      findings: [...this.findings.values()],
    };
  }

  refold(before: Company, grounds: Grounds): DayChange[] {
    const { company, step } = evolve(before, this.content, grounds);
    const change = { day: this.day, before: this.step, after: step };
    this.after = company;
    this.step = step;
    return isSame(change.before, change.after) ? [] : [change];
  }
}

function keyOfFinding({ kind, entries }: Finding): string {
  return `${kind} ${entries.join(' ')}`;
}

function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
