import { compareUtf8 } from '#libs/events';
import type { Belief } from './belief.ts';
import { Believing } from './believing.ts';
import type { Entry } from './entry.ts';
import type { BeliefFinding } from './fact.ts';
import type { Position } from './timeline.ts';

/**
 * What is believed once the entries up to `position` are known; all of them, without it. It depends
 * on the set of entries alone: in whatever order they are given, the answer is the same.
 * Rule: docs/rules.md#b1
 */
export function believe(entries: Iterable<Entry>, position?: Position): Belief {
  const believing = new Believing();
  believing.add(position === undefined ? entries : known(entries, position));
  return {
    facts: byKey(believing.facts),
    byCompany: new Map(
      [...byKey(believing.byCompany)].map(([company, facts]) => [
        company,
        [...byKey(facts).values()],
      ]),
    ),
    findings: [...believing.findings()].sort(compareFindings),
    identities: byKey(believing.identities),
    provenance: believing.provenance,
    rates: believing.rates,
  };
}

function* known(entries: Iterable<Entry>, position: Position): Generator<Entry> {
  for (const entry of entries) if (entry.position <= position) yield entry;
}

function byKey<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...map].sort(([a], [b]) => compareUtf8(a, b)));
}

function compareFindings(a: BeliefFinding, b: BeliefFinding): number {
  return (
    compareUtf8(a.company ?? '', b.company ?? '') ||
    compareUtf8(a.kind, b.kind) ||
    compareUtf8(a.entries.join(' '), b.entries.join(' '))
  );
}
