import type { Entry } from './entry.ts';
import { referenceTo, removals, targetsOf, type Removing } from './retractions.ts';
import type { Position } from './timeline.ts';

/**
 * The entries known, and which of them are removed. Each batch judges again only the entries that
 * remove one another with what arrived; the order of arrival does not matter.
 * Rule: docs/rules.md#b2
 */
export class EntryRecord {
  readonly #entries = new Map<Position, Entry>();
  readonly #known = new Map<string, Removing>();
  /** Who means to remove what a reference names. */
  readonly #removers = new Map<string, Removing[]>();
  readonly #removedBy = new Map<Position, readonly Position[]>();

  #isReassessed = false;

  /** Whether the last batch may have changed what is removed and by whom. */
  get isReassessed(): boolean {
    return this.#isReassessed;
  }

  /** The entries whose standing this decided or changed, the given ones among them. */
  add(entries: Iterable<Entry>): ReadonlySet<Position> {
    const judged = new Set<Position>();
    const open: Removing[] = [];
    for (const entry of entries) {
      const { position, claim } = entry;
      const removing = { position, reference: referenceTo(claim), ...targetsOf(claim) };
      this.#entries.set(position, entry);
      this.#known.set(removing.reference, removing);
      for (const target of targetReferences(removing)) this.#expect(target, removing);
      judged.add(position);
      open.push(removing);
    }
    const entangled = open.filter((removing) => this.#neighbours(removing).length > 0);
    this.#isReassessed = entangled.length > 0;
    for (const position of this.#judge(entangled)) judged.add(position);
    return judged;
  }

  get(position: Position): Entry | undefined {
    return this.#entries.get(position);
  }

  isStanding(position: Position): boolean {
    return this.#entries.has(position) && !this.#removedBy.has(position);
  }

  /** Every removed entry with the standing entries that remove it. */
  *removed(): Generator<{ readonly target: Entry; readonly by: readonly Entry[] }> {
    for (const [position, removers] of this.#removedBy) {
      const target = this.#entries.get(position);
      const by = removers.flatMap((remover) => this.#entries.get(remover) ?? []);
      if (target !== undefined) yield { target, by };
    }
  }

  #expect(target: string, by: Removing): void {
    const removers = this.#removers.get(target);
    if (removers === undefined) this.#removers.set(target, [by]);
    else removers.push(by);
  }

  /** Judges again all that these are entangled with; gives what changed its standing. */
  #judge(fresh: readonly Removing[]): readonly Position[] {
    const entangled = this.#entangledWith(fresh);
    const removedBy = removals(entangled);
    const changed: Position[] = [];
    for (const { position } of entangled) {
      const removers = removedBy.get(position);
      if (this.#removedBy.has(position) !== (removers !== undefined)) changed.push(position);
      if (removers === undefined) this.#removedBy.delete(position);
      else this.#removedBy.set(position, removers);
    }
    return changed;
  }

  #entangledWith(fresh: readonly Removing[]): readonly Removing[] {
    const entangled = new Set(fresh);
    for (const removing of entangled) {
      for (const neighbour of this.#neighbours(removing)) entangled.add(neighbour);
    }
    return [...entangled];
  }

  #neighbours(removing: Removing): readonly Removing[] {
    const targets = targetReferences(removing).flatMap((target) => this.#known.get(target) ?? []);
    return [...targets, ...(this.#removers.get(removing.reference) ?? [])];
  }
}

function targetReferences({ retracts, supersedes }: Removing): readonly string[] {
  return [retracts, supersedes].filter((reference) => reference !== undefined);
}
