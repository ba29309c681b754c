import type { Claim } from '#libs/events';
import type { Position, Strength } from './timeline.ts';

/** The strongest first. */
const STRENGTHS: readonly Strength[] = ['filing', 'official', 'reported', 'rumoured'];

/**
 * How strong a claim is: as its best source. Without sources it counts as reported.
 * Rule: docs/rules.md#b4
 */
export function strengthOf(claim: Claim): Strength {
  if (claim.type === 'entry-retracted') return 'reported';
  const sources = claim.data.sources ?? [];
  if (sources.length === 0) return 'reported';
  return (
    STRENGTHS.find((strength) => sources.some(({ basis }) => basis === strength)) ?? 'reported'
  );
}

/** What decides between claims that state the same field. */
export interface Ranked {
  readonly position: Position;
  readonly strength: Strength;
}

/** Sorts the strongest first, of equals the newest. */
export function byRank(a: Ranked, b: Ranked): number {
  return STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength) || b.position - a.position;
}
