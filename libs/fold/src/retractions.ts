import type { Claim, EventReference } from '#libs/events';
import { circlesOf } from './circles.ts';
import type { Position } from './timeline.ts';

/** An entry as retracting and superseding see it. References name entries that may be unknown. */
export interface Removing {
  readonly position: Position;
  /** Of the entry itself: see {@link referenceTo}. */
  readonly reference: string;
  readonly retracts?: string;
  readonly supersedes?: string;
}

/** Text that names one event: a source has no spaces. */
export function referenceTo({ source, id }: EventReference): string {
  return `${source} ${id}`;
}

/** The entries that a claim means to remove; not what those superseded in their turn. */
export function targetsOf(claim: Claim): Pick<Removing, 'retracts' | 'supersedes'> {
  const { supersedes } = claim.data;
  return {
    ...(claim.type === 'entry-retracted' ? { retracts: referenceTo(claim.data.retracts) } : {}),
    ...(supersedes === undefined ? {} : { supersedes: referenceTo(supersedes) }),
  };
}

/**
 * Which entries are removed, and by which standing entries each. An entry that is itself removed
 * removes nothing; of a circle the newest entry stands; nothing removes itself. What is given must
 * hold, of every entry in it, all that remove it, and all that remove those.
 * Rule: docs/rules.md#b2
 */
export function removals(entries: readonly Removing[]): ReadonlyMap<Position, readonly Position[]> {
  const found = new Map(entries.map((entry) => [entry.reference, entry]));
  const graph = new Map(entries.map((entry) => [entry, directTargets(entry, found)]));
  const verdict: Verdict = { found, standing: new Set(), removedBy: new Map() };
  for (const circle of circlesOf(graph)) decide(circle, verdict);
  return verdict.removedBy;
}

interface Verdict {
  readonly found: ReadonlyMap<string, Removing>;
  readonly standing: Set<Position>;
  readonly removedBy: Map<Position, Position[]>;
}

/** Decides entries that remove one another, once all that remove them from outside are decided. */
function decide(circle: readonly Removing[], verdict: Verdict): void {
  const open = circle.filter(
    ({ position }) => !verdict.removedBy.has(position) && !verdict.standing.has(position),
  );
  const newest = open.reduce<Removing | undefined>(
    (last, entry) => (last === undefined || entry.position > last.position ? entry : last),
    undefined,
  );
  if (newest === undefined) return;
  if (open.length > 1) {
    const graph = new Map(open.map((entry) => [entry, allTargets(entry, verdict.found)]));
    const circles = circlesOf(graph);
    if (circles.length > 1) {
      for (const part of circles) decide(part, verdict);
      return;
    }
  }
  verdict.standing.add(newest.position);
  remove(newest, verdict);
  decide(open, verdict);
}

function remove(by: Removing, { found, standing, removedBy }: Verdict): void {
  for (const { position } of allTargets(by, found)) {
    if (standing.has(position)) continue;
    removedBy.set(position, [...(removedBy.get(position) ?? []), by.position]);
  }
}

function directTargets(
  { position, retracts, supersedes }: Removing,
  found: ReadonlyMap<string, Removing>,
): readonly Removing[] {
  return [retracts, supersedes].flatMap((reference) => {
    const target = reference === undefined ? undefined : found.get(reference);
    return target === undefined || target.position === position ? [] : [target];
  });
}

/** What a standing entry removes: a superseded entry's own `supersedes`, too, and so on. */
function allTargets(entry: Removing, found: ReadonlyMap<string, Removing>): ReadonlySet<Removing> {
  const targets = new Set<Removing>();
  let next = entry.supersedes === undefined ? undefined : found.get(entry.supersedes);
  while (next !== undefined && next !== entry && !targets.has(next)) {
    targets.add(next);
    next = next.supersedes === undefined ? undefined : found.get(next.supersedes);
  }
  const retracted = entry.retracts === undefined ? undefined : found.get(entry.retracts);
  if (retracted !== undefined && retracted !== entry) targets.add(retracted);
  return targets;
}
