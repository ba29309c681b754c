import type { PartyId } from '#libs/events';
import { contains, differs } from './differ.ts';
import type { Conflict, Contest, PartialDay, Stated, StatedDate, StatedParty } from './fact.ts';
import type { Ranked } from './strength.ts';
import type { Position } from './timeline.ts';

/** What one standing claim states: `fields` has those only that it states. */
export interface Saying<F> extends Ranked {
  readonly fields: F;
}

/** A party as a claim names it and as it is read. */
export interface NamedParty {
  readonly id: PartyId;
  readonly said: PartyId;
}

/** Fields that compete but never conflict (docs/rules.md#b5). */
const NEVER_CONFLICT = new Set(['label', 'why', 'name', 'aliases', 'note']);

/** What the claims on one business key disagree in. */
export class Contention {
  readonly contests: Contest[] = [];
  readonly #conflicts = new Map<string, { entries: readonly Position[]; at: Set<PartyId> }>();

  /** The losers are by rank; `differ` says whether a loser contradicts the winner. */
  judge<V>(
    field: string,
    [winner, ...losers]: readonly [Stated<V>, ...Stated<V>[]],
    differ: (winner: V, loser: V) => boolean,
  ): void {
    if (losers.length === 0) return;
    const judged = losers.map((loser) => ({
      ...loser,
      conflicts: differ(winner.value, loser.value),
    }));
    this.contests.push({ field, winner, losers: judged });
    for (const { conflicts, entry } of judged) if (conflicts) this.clash(winner.entry, entry);
  }

  /** Two claims contradict each other; it shows at these companies, too, beside the fact's own. */
  clash(a: Position, b: Position, at: readonly PartyId[] = []): void {
    const entries = a < b ? [a, b] : [b, a];
    const id = entries.join(' ');
    const conflict = this.#conflicts.get(id) ?? { entries, at: new Set() };
    this.#conflicts.set(id, conflict);
    for (const other of at) conflict.at.add(other);
  }

  /** By entries; `company` is the fact's, null where its type names none. */
  conflictsAt(company: PartyId | null): Conflict[] {
    return [...this.#conflicts.values()]
      .map(({ entries, at }) => ({
        companies: [...new Set([...(company === null ? [] : [company]), ...at])],
        entries,
      }))
      .sort((a, b) => compareEntries(a.entries, b.entries));
  }
}

/** The claims on one business key, strongest first, and what they disagree in so far. */
export interface Competition<F> {
  readonly ranked: readonly Saying<F>[];
  readonly contention: Contention;
  /** Where a contest's field is: empty, or `participants/<investor>/`. */
  readonly path: string;
}

type Value<F, K extends keyof F> = Exclude<F[K], undefined>;

/**
 * Each field's value from the strongest claim that states it, then the newest. A claim that is
 * silent about a field erases nothing.
 * Rule: docs/rules.md#b4
 */
export function take<F extends object, K extends keyof F & string>(
  competition: Competition<F>,
  ...fields: readonly K[]
): { readonly [P in K]?: Stated<Value<F, P>> } {
  const taken = new Map<K, Stated<unknown>>();
  for (const field of fields) {
    const winner = winnerOf(competition, field);
    if (winner !== undefined) taken.set(field, winner);
  }
  return Object.fromEntries(taken) as { readonly [P in K]?: Stated<Value<F, P>> };
}

/** A field that every claim of the type states. */
export function need<F extends object, K extends keyof F & string>(
  competition: Competition<F>,
  field: K,
): Stated<Value<F, K>> {
  const winner = winnerOf(competition, field);
  if (winner === undefined) throw new Error(`no claim states ${field}`);
  return winner;
}

/** The field's party, with the id that the winner wrote. Another party is a conflict. */
export function takeParty<K extends string>(
  competition: Competition<{ readonly [P in K]?: NamedParty }>,
  field: K,
): { readonly [P in K]?: StatedParty } {
  const winner = winnerOf(competition, field);
  if (winner === undefined) return {};
  const { id, said } = winner.value as NamedParty;
  const party: StatedParty = { value: id, said, entry: winner.entry };
  return { [field]: party } as { readonly [P in K]: StatedParty };
}

/** {@link takeParty}, of a party that every claim of the type names. */
export function needParty<K extends string>(
  competition: Competition<{ readonly [P in K]: NamedParty }>,
  field: K,
): StatedParty {
  const { value, entry } = need(competition, field);
  const { id, said } = value as NamedParty;
  return { value: id, said, entry };
}

/**
 * The fact's company. A claim that names another competes, and the conflict shows there as well.
 * Rule: docs/rules.md#b5
 */
export function needCompany(
  competition: Competition<{ readonly company: NamedParty }>,
): StatedParty {
  const winner = needParty(competition, 'company');
  for (const { fields, position } of competition.ranked) {
    const { id } = fields.company;
    if (id !== winner.value) competition.contention.clash(winner.entry, position, [id]);
  }
  return winner;
}

/**
 * The date of the strongest claim, then the newest; a date inside its vaguer one takes its place.
 * Rule: docs/rules.md#b4
 */
export function takeDate<K extends string>(
  { ranked, contention, path }: Competition<{ readonly [P in K]?: PartialDay }>,
  field: K,
): StatedDate | undefined {
  const stated = statements(ranked, field) as Stated<PartialDay>[];
  const [strongest] = stated;
  if (strongest === undefined) return undefined;
  const winner = stated.reduce(sharper, strongest);
  const losers = stated.filter((date) => date !== winner);
  contention.judge(path + field, [winner, ...losers], (a, b) => differs(field, a, b));
  return { ...winner.value, entry: winner.entry };
}

/** {@link takeDate}, of a date that every claim of the type states. */
export function needDate<K extends string>(
  competition: Competition<{ readonly [P in K]: PartialDay }>,
  field: K,
): StatedDate {
  const date = takeDate<K>(competition, field);
  if (date === undefined) throw new Error(`no claim states ${field}`);
  return date;
}

function sharper(winner: Stated<PartialDay>, other: Stated<PartialDay>): Stated<PartialDay> {
  const inside = contains(winner.value, other.value) && !contains(other.value, winner.value);
  return inside ? other : winner;
}

function winnerOf<F extends object, K extends keyof F & string>(
  { ranked, contention, path }: Competition<F>,
  field: K,
): Stated<Value<F, K>> | undefined {
  const [winner, ...losers] = statements(ranked, field);
  if (winner === undefined) return undefined;
  const differ = (a: unknown, b: unknown): boolean =>
    !NEVER_CONFLICT.has(field) && differs(field, a, b);
  contention.judge(path + field, [winner, ...losers], differ);
  return winner;
}

function statements<F extends object, K extends keyof F & string>(
  ranked: readonly Saying<F>[],
  field: K,
): Stated<Value<F, K>>[] {
  return ranked.flatMap(({ fields, position }) => {
    const value = fields[field];
    return value === undefined ? [] : [{ value: value as Value<F, K>, entry: position }];
  });
}

function compareEntries(a: readonly Position[], b: readonly Position[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}
