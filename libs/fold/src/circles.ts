/**
 * The strongly connected parts of a graph, each after all parts that lead to it: a part of several
 * nodes is a circle, or circles that share nodes. Tarjan's algorithm, without recursion, so that a
 * chain of any length fits.
 */
export function circlesOf<N>(graph: ReadonlyMap<N, Iterable<N>>): readonly (readonly N[])[] {
  const walk: Walk<N> = { graph, visits: new Map(), path: [], parts: [] };
  for (const node of graph.keys()) if (!walk.visits.has(node)) visitFrom(node, walk);
  return walk.parts.reverse();
}

interface Walk<N> {
  readonly graph: ReadonlyMap<N, Iterable<N>>;
  readonly visits: Map<N, Visit>;
  /** Visited, and not yet known to which part. */
  readonly path: N[];
  /** A part comes after those that it leads to. */
  readonly parts: N[][];
}

interface Visit {
  readonly order: number;
  /** The earliest visit on the path that the node leads back to. */
  earliest: number;
  onPath: boolean;
}

interface Step<N> {
  readonly node: N;
  readonly visit: Visit;
  readonly next: Iterator<N, unknown>;
}

function visitFrom<N>(root: N, walk: Walk<N>): void {
  const steps = [enter(root, walk)];
  for (let step = steps.at(-1); step !== undefined; step = steps.at(-1)) {
    const next: IteratorResult<N, unknown> = step.next.next();
    if (next.done === true) {
      steps.pop();
      leave(step, steps.at(-1), walk);
    } else {
      const seen = walk.visits.get(next.value);
      if (seen === undefined) {
        if (walk.graph.has(next.value)) steps.push(enter(next.value, walk));
      } else if (seen.onPath && seen.order < step.visit.earliest) step.visit.earliest = seen.order;
    }
  }
}

function enter<N>(node: N, { graph, visits, path }: Walk<N>): Step<N> {
  const visit = { order: visits.size, earliest: visits.size, onPath: true };
  visits.set(node, visit);
  path.push(node);
  const targets: Iterable<N, unknown> = graph.get(node) ?? [];
  return { node, visit, next: targets[Symbol.iterator]() };
}

function leave<N>({ node, visit }: Step<N>, parent: Step<N> | undefined, walk: Walk<N>): void {
  if (parent !== undefined && visit.earliest < parent.visit.earliest) {
    parent.visit.earliest = visit.earliest;
  }
  if (visit.earliest !== visit.order) return;
  const part = walk.path.splice(walk.path.lastIndexOf(node));
  for (const member of part) {
    const seen = walk.visits.get(member);
    if (seen !== undefined) seen.onPath = false;
  }
  walk.parts.push(part);
}
