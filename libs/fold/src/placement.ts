import type { PartyId } from '#libs/events';
import type { FactChange } from './believing.ts';
import type { Fact } from './fact.ts';
import { homeOfFact } from './home.ts';
import { dayOf, isAnchor, isVaguelyPlaced } from './place.ts';
import type { Day } from './timeline.ts';

/** A fact on its day. */
export interface PlacedFact {
  readonly fact: Fact;
  readonly day: Day;
}

/** A fact that is another, or on another day, than before; null: it was not, or is no more. */
export interface Move {
  readonly before: PlacedFact | null;
  readonly after: PlacedFact | null;
}

/**
 * The day of every fact, kept up as facts change. Rounds and issuances move the vaguely dated
 * changes of their company whose period they fall in, and no others are looked at.
 * Rule: docs/rules.md#t1
 */
export class Placement {
  readonly #placed = new Map<string, PlacedFact>();
  /** The days of each company's rounds and issuances, ascending, one for each. */
  readonly #anchors = new Map<PartyId, Day[]>();
  /** Keys of vaguely dated changes, by company and period. */
  readonly #vague = new Map<string, Set<string>>();

  update(changes: ReadonlyMap<string, FactChange>): readonly Move[] {
    const current = new Map<string, Fact | null>();
    for (const [key, { before, after }] of changes) {
      if (before !== null) this.#forget(before);
      if (after !== null) this.#note(after);
      current.set(key, after);
    }
    for (const { before, after } of changes.values()) {
      for (const fact of [before, after]) {
        for (const key of this.#movedBy(fact)) {
          if (!current.has(key)) current.set(key, this.#placed.get(key)?.fact ?? null);
        }
      }
    }
    return [...current].flatMap(([key, fact]) => this.#move(key, fact));
  }

  #move(key: string, fact: Fact | null): Move[] {
    const before = this.#placed.get(key) ?? null;
    const after = fact === null ? null : { fact, day: this.#dayOf(fact) };
    if (after === null) this.#placed.delete(key);
    else this.#placed.set(key, after);
    const isMoved = before?.fact !== after?.fact || before?.day !== after?.day;
    return isMoved ? [{ before, after }] : [];
  }

  #dayOf(fact: Fact): Day {
    const home = homeOfFact(fact);
    return dayOf(fact, home === null ? [] : (this.#anchors.get(home) ?? []));
  }

  /** The vaguely dated changes whose period a round or an issuance falls in. */
  *#movedBy(fact: Fact | null): Generator<string> {
    const home = fact === null ? null : homeOfFact(fact);
    if (fact === null || home === null || !isAnchor(fact)) return;
    for (const period of periodsAround(fact.date.earliest)) {
      yield* this.#vague.get(`${home}/${period}`) ?? [];
    }
  }

  #note(fact: Fact): void {
    const home = homeOfFact(fact);
    if (home === null) return;
    if (isAnchor(fact)) insert(listOf(this.#anchors, home), fact.date.earliest);
    if (!isVaguelyPlaced(fact)) return;
    const period = periodOf(home, fact);
    this.#vague.set(period, (this.#vague.get(period) ?? new Set()).add(fact.key));
  }

  #forget(fact: Fact): void {
    const home = homeOfFact(fact);
    if (home === null) return;
    if (isAnchor(fact)) remove(listOf(this.#anchors, home), fact.date.earliest);
    if (isVaguelyPlaced(fact)) this.#vague.get(periodOf(home, fact))?.delete(fact.key);
  }
}

function periodOf(home: PartyId, { date }: Fact): string {
  return `${home}/${date.precision} ${date.earliest}`;
}

/** The month, quarter, half and year that a day lies in, each by its first day. */
function periodsAround(day: Day): readonly string[] {
  const year = day.slice(0, 'YYYY'.length);
  const month = day.slice('YYYY-'.length, 'YYYY-MM'.length);
  return [
    `month ${year}-${month}-01`,
    `quarter ${year}-${lastUntil(['01', '04', '07', '10'], month)}-01`,
    `half ${year}-${lastUntil(['01', '07'], month)}-01`,
    `year ${year}-01-01`,
  ];
}

function lastUntil(months: readonly string[], month: string): string {
  return months.findLast((first) => first <= month) ?? month;
}

function listOf(lists: Map<PartyId, Day[]>, company: PartyId): Day[] {
  const days = lists.get(company) ?? [];
  lists.set(company, days);
  return days;
}

/** Near the end, where most facts go, this looks at few days. */
function insert(days: Day[], day: Day): void {
  days.splice(days.findLastIndex((other) => other <= day) + 1, 0, day);
}

function remove(days: Day[], day: Day): void {
  const at = days.lastIndexOf(day);
  if (at >= 0) days.splice(at, 1);
}
