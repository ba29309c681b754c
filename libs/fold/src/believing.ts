import { mentions, type PartyId } from '#libs/events';
import type { Entry } from './entry.ts';
import type { BeliefFinding, Fact, Provenance } from './fact.ts';
import { companyOf, earliestOf, placesOf } from './home.ts';
import { identitiesOf, joins, type Identities, type SameAs } from './identity.ts';
import { keyOf } from './key.ts';
import { merge, type Rival } from './merge/merge.ts';
import { Rates } from './rates.ts';
import { EntryRecord } from './record.ts';
import { strengthOf } from './strength.ts';
import type { Position } from './timeline.ts';

/** A fact before and after more entries; null: there was none, or there is none any more. */
export interface FactChange {
  readonly before: Fact | null;
  readonly after: Fact | null;
}

/**
 * What a set of entries makes one believe, kept up as entries arrive: only the facts that an entry
 * has to do with are merged again. What is believed depends on the set alone.
 */
export class Believing {
  readonly facts = new Map<string, Fact>();
  readonly byCompany = new Map<PartyId, Map<string, Fact>>();
  readonly provenance = new Map<Position, Provenance>();
  readonly rates = new Rates();
  readonly #record = new EntryRecord();
  readonly #rivals = new Map<Position, Rival & { readonly key: string }>();
  readonly #onKey = new Map<string, Set<Position>>();
  readonly #mentioning = new Map<PartyId, Set<Position>>();
  readonly #sameAs = new Map<Position, SameAs>();
  #identities: Identities = { reads: new Map(), findings: [] };
  #findings: readonly BeliefFinding[] | null = null;

  /** Adds entries, in any order; gives the facts that this may have changed, by key. */
  add(entries: Iterable<Entry>): ReadonlyMap<string, FactChange> {
    const touched = new Set(this.#record.add(entries));
    if (this.#record.isReassessed) this.#findings = null;
    const joining = [...touched].filter((position) => this.#enlist(position));
    if (joining.length > 0) for (const position of this.#joinAgain()) touched.add(position);
    const keys = new Set([...touched].flatMap((position) => this.#place(position)));
    return new Map([...keys].map((key) => [key, this.#mergeAgain(key)]));
  }

  get identities(): ReadonlyMap<PartyId, PartyId> {
    return this.#identities.reads;
  }

  /** The id that a party is read under (docs/rules.md#b3). */
  readonly read = (id: PartyId): PartyId => this.#identities.reads.get(id) ?? id;

  /** Findings that belong to no fact; the same list until they may have changed. */
  findings(): readonly BeliefFinding[] {
    this.#findings ??= [...this.#identities.findings, ...this.#foreignRemovals()];
    return this.#findings;
  }

  *#foreignRemovals(): Generator<BeliefFinding> {
    for (const { target, by } of this.#record.removed()) {
      const said = companyOf(target.claim);
      const company = said === null ? null : this.read(said);
      const from = earliestOf(target.claim);
      if (from === null) continue;
      for (const remover of by) {
        if (remover.claim.source === target.claim.source) continue;
        const entries = [target.position, remover.position].sort((a, b) => a - b);
        yield { kind: 'retracted-by-another-source', company, from, entries };
      }
    }
  }

  /** Notes what a newly judged entry mentions and joins; whether ids may be joined otherwise now. */
  #enlist(position: Position): boolean {
    const claim = this.#record.get(position)?.claim;
    if (claim === undefined) return false;
    for (const party of mentions(claim)) {
      const positions = this.#mentioning.get(party);
      if (positions === undefined) this.#mentioning.set(party, new Set([position]));
      else positions.add(position);
    }
    if (claim.type !== 'party-described') return false;
    const { party, sameAs } = claim.data;
    if (!joins(party, sameAs)) return false;
    if (!this.#record.isStanding(position)) return this.#sameAs.delete(position);
    this.#sameAs.set(position, { position, strength: strengthOf(claim), party, sameAs });
    return true;
  }

  /** Gives the entries that mention a party which is read otherwise now. */
  #joinAgain(): ReadonlySet<Position> {
    const before = this.#identities.reads;
    this.#findings = null;
    this.#identities = identitiesOf(this.#sameAs.values());
    const after = this.#identities.reads;
    const changed = [...before.keys(), ...after.keys()].filter(
      (id) => before.get(id) !== after.get(id),
    );
    return new Set(changed.flatMap((id) => [...(this.#mentioning.get(id) ?? [])]));
  }

  /** Puts an entry on the key it now competes on, if it stands; gives the keys concerned. */
  #place(position: Position): readonly string[] {
    const before = this.#rivals.get(position);
    const claim = this.#record.get(position)?.claim;
    if (before !== undefined) {
      this.#onKey.get(before.key)?.delete(position);
      this.#rivals.delete(position);
      this.provenance.delete(position);
    }
    const gone = before === undefined ? [] : [before.key];
    if (claim === undefined || claim.type === 'entry-retracted') return gone;
    if (!this.#record.isStanding(position)) return gone;
    const key = keyOf(claim, this.read);
    const strength = before?.strength ?? strengthOf(claim);
    this.#rivals.set(position, { position, strength, claim, key });
    this.provenance.set(position, { strength, saidAt: claim.time });
    const positions = this.#onKey.get(key);
    if (positions === undefined) this.#onKey.set(key, new Set([position]));
    else positions.add(position);
    return [...gone, key];
  }

  #mergeAgain(key: string): FactChange {
    const before = this.facts.get(key) ?? null;
    const rivals = [...(this.#onKey.get(key) ?? [])].flatMap(
      (position) => this.#rivals.get(position) ?? [],
    );
    const after = merge(key, rivals, this.read);
    if (before !== null) this.#withdraw(before);
    if (after !== null) this.#assert(after);
    return { before, after };
  }

  #withdraw(fact: Fact): void {
    this.facts.delete(fact.key);
    for (const company of placesOf(fact)) this.byCompany.get(company)?.delete(fact.key);
    if (fact.type === 'fx-rate-published') this.rates.drop(fact);
  }

  #assert(fact: Fact): void {
    this.facts.set(fact.key, fact);
    for (const company of placesOf(fact)) {
      const facts = this.byCompany.get(company) ?? new Map<string, Fact>();
      this.byCompany.set(company, facts.set(fact.key, fact));
    }
    if (fact.type === 'fx-rate-published') this.rates.put(fact);
  }
}
