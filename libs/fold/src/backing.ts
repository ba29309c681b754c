import type { Feed } from './change.ts';
import type { Fact, Qualifier, Stated } from './fact.ts';
import type { Basis, Position } from './timeline.ts';

/** Entries that stand behind something, and whether they only estimate it (L3, L5). */
export interface Backing {
  readonly entries: readonly Position[];
  readonly estimated: boolean;
}

export const NO_BACKING: Backing = { entries: [], estimated: false };

/**
 * What stands behind all that a fact does: its strongest claim and the claim its date came from.
 * Rule: docs/rules.md#l3
 */
export function backingOf(fact: Fact): Backing {
  return { entries: [fact.strongest, fact.date.entry], estimated: fact.date.approximate };
}

/** Behind a name: who said it. */
export function named(stated: Stated<unknown> | undefined): Backing {
  return stated === undefined ? NO_BACKING : { entries: [stated.entry], estimated: false };
}

/** Behind a figure: who said it, and whether they said it exactly. */
export function figured(stated: Stated<{ readonly qualifier: Qualifier }>): Backing {
  return { entries: [stated.entry], estimated: stated.value.qualifier !== 'exact' };
}

export function joined(...backings: readonly Backing[]): Backing {
  return {
    entries: backings.flatMap(({ entries }) => entries),
    estimated: backings.some(({ estimated }) => estimated),
  };
}

export function feedOf(basis: Basis, ...backings: readonly Backing[]): Feed {
  return { basis, ...joined(...backings) };
}
