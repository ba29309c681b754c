import { byBytes } from './claims.ts';

export type FindingKind =
  | 'conflicting-claims'
  | 'retracted-by-another-source'
  | 'identity-cycle'
  | 'shares-without-outstanding'
  | 'disclosure-differs'
  | 'nothing-outstanding'
  | 'over-allocated'
  | 'out-of-range'
  | 'valuation-not-above-amount'
  | 'overdrawn'
  | 'comparison-contradicted'
  | 'missing-fx-rate';

export interface Finding {
  readonly kind: FindingKind;
  /** Positions, ascending, each once. */
  readonly entries: readonly number[];
}

/** A finding with the companies it shows at and the day it shows from. */
export interface DatedFinding extends Finding {
  readonly companies: readonly string[];
  readonly day: string;
}

export const ascending = (positions: Iterable<number>): number[] =>
  [...new Set(positions)].sort((a, b) => a - b);

/** P1: "Lists without a sort are ordered by their keys' UTF-8 bytes"; here kind, then entries as numbers. */
export function listed(findings: readonly Finding[]): Finding[] {
  const once = new Map(
    findings.map(({ kind, entries }) => [`${kind} ${entries.join()}`, { kind, entries }]),
  );
  return [...once.values()].sort(
    (a, b) => byBytes(a.kind, b.kind) || compareLists(a.entries, b.entries),
  );
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
