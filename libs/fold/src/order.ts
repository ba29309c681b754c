import { compareUtf8 } from '#libs/events';
import type { ClaimStep, Finding, Position } from './timeline.ts';

/** Class names by UTF-8 bytes, no class first (docs/rules.md#u4). */
export function compareClasses(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareUtf8(a, b);
}

/** Each position once, the first recorded first. */
export function ascending(positions: Iterable<Position>): Position[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}

export function byClaim(a: ClaimStep, b: ClaimStep): number {
  return (
    compareUtf8(a.holder, b.holder) ||
    compareUtf8(a.roundId, b.roundId) ||
    a.tranche - b.tranche ||
    compareUtf8(a.currency ?? '', b.currency ?? '')
  );
}

export function byFinding(a: Finding, b: Finding): number {
  return compareUtf8(a.kind, b.kind) || compareEntries(a.entries, b.entries);
}

function compareEntries(a: readonly Position[], b: readonly Position[]): number {
  for (const [at, entry] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (entry !== other) return entry - other;
  }
  return a.length - b.length;
}
