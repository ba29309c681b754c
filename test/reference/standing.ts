import type { Entry } from './claims.ts';

/** B1: "Keep entries with position ≤ `position`." */
export const known = (entries: readonly Entry[], position: number): Entry[] =>
  entries.filter((entry) => entry.position <= position);

/** One removal that took effect. */
export interface Removal {
  readonly by: Entry;
  readonly removed: Entry;
}

interface Standing {
  readonly standing: Entry[];
  readonly removals: Removal[];
}

/**
 * B2: "An `entry-retracted` or a `supersedes` removes its target; a `supersedes` also what its target
 * superseded, and so on. An entry that is itself removed has no effect. In a circle its newest entry
 * stands. … Nothing removes itself."
 */
export function standing(entries: readonly Entry[]): Standing {
  const removes = new Map(entries.map((entry) => [entry, targets(entry, entries)]));
  const removers = new Map<Entry, Entry[]>();
  for (const [by, removed] of removes) {
    for (const entry of removed) removers.set(entry, [...(removers.get(entry) ?? []), by]);
  }
  const removersOf = (entry: Entry): Entry[] => removers.get(entry) ?? [];
  const stands = new Map<Entry, boolean>();
  while (stands.size < entries.length) {
    const undecided = entries.filter((entry) => !stands.has(entry));
    let settled = false;
    for (const entry of undecided) {
      const by = removersOf(entry);
      if (by.some((other) => stands.get(other) === true)) stands.set(entry, false);
      else if (by.every((other) => stands.get(other) === false)) stands.set(entry, true);
      settled ||= stands.has(entry);
    }
    if (!settled) stands.set(newestOfACircle(undecided, removersOf), true);
  }
  return {
    standing: entries.filter((entry) => stands.get(entry)),
    removals: entries.flatMap((by) =>
      stands.get(by) === true
        ? [...(removes.get(by) ?? [])]
            .filter((removed) => stands.get(removed) === false)
            .map((removed) => ({ by, removed }))
        : [],
    ),
  };
}

function targets(entry: Entry, entries: readonly Entry[]): Set<Entry> {
  const find = (target: { source: string; id: string } | undefined) =>
    entries.find(({ claim }) => claim.source === target?.source && claim.id === target.id);
  const found = new Set<Entry>();
  const retracted = find(entry.claim.data.retracts);
  if (retracted !== undefined) found.add(retracted);
  const chain = new Set<Entry>();
  let next = find(entry.claim.data.supersedes);
  while (next !== undefined && !chain.has(next)) {
    chain.add(next);
    found.add(next);
    next = find(next.claim.data.supersedes);
  }
  found.delete(entry);
  return found;
}

/** Of the undecided, a circle that nothing undecided outside it could remove: its newest entry. */
function newestOfACircle(
  undecided: readonly Entry[],
  removersOf: (entry: Entry) => Entry[],
): Entry {
  const upstreamOf = (entry: Entry): Set<Entry> => {
    const seen = new Set<Entry>();
    const queue = [entry];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const by of removersOf(at)) {
        if (undecided.includes(by) && !seen.has(by)) {
          seen.add(by);
          queue.push(by);
        }
      }
    }
    return seen;
  };
  for (const entry of undecided) {
    const circle = upstreamOf(entry);
    const closed = circle.has(entry) && [...circle].every((other) => upstreamOf(other).has(entry));
    if (closed) return [...circle].reduce((a, b) => (a.position > b.position ? a : b));
  }
  throw new Error('undecided entries without a circle');
}
