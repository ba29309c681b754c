import { compareUtf8 } from '#libs/events';
import type { Position } from './timeline.ts';

/** Class names by UTF-8 bytes, no class first (docs/rules.md#u4). */
export function compareClasses(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareUtf8(a, b);
}

/** Each position once, the first recorded first. */
export function ascending(positions: Iterable<Position>): Position[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}
