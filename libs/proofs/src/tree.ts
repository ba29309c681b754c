/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** SHA-256 over the parts, one after another; passed in, so that this runs in a browser too. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Hash;

/** A perfect subtree: `level` 0 is a leaf; it covers leaves `index · 2^level` up to the next such. */
export interface Node {
  readonly level: number;
  readonly index: number;
}

/** The perfect subtrees that a tree of `size` leaves consists of, the largest and leftmost first. */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Hash[];
}

export const EMPTY: Frontier = { size: 0, roots: [] };

/**
 * The hash of a leaf: SHA-256(0x00 ‖ data).
 * Rule: RFC 6962, section 2.1
 */
export const leafHash = (sha256: Sha256, data: Uint8Array): Hash => sha256(LEAF, data);

/**
 * The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
 * Rule: RFC 6962, section 2.1
 */
export const nodeHash = (sha256: Sha256, left: Hash, right: Hash): Hash =>
  sha256(NODE, left, right);

/**
 * The frontier after more leaves, and every perfect subtree above the leaves that they complete, from below and from the left.
 *
 * Costs one hash a leaf on average, whatever the tree's size.
 */
export function append(
  sha256: Sha256,
  frontier: Frontier,
  leaves: Iterable<Hash>,
): { readonly frontier: Frontier; readonly completed: readonly (Node & { hash: Hash })[] } {
  const roots = [...frontier.roots];
  const completed: (Node & { hash: Hash })[] = [];
  let size = frontier.size;
  for (const leaf of leaves) {
    let hash = leaf;
    let level = 0;
    let index = size;
    for (; index % 2 === 1; level += 1) {
      hash = nodeHash(sha256, taken(roots), hash);
      index = (index - 1) / 2;
      completed.push({ level: level + 1, index, hash });
    }
    roots.push(hash);
    size += 1;
  }
  return { frontier: { size, roots }, completed };
}

/**
 * The tree's root: MTH of RFC 6962. Of no leaves it is the hash of nothing.
 * Rule: RFC 6962, section 2.1
 */
export function rootOf(sha256: Sha256, { roots }: Frontier): Hash {
  const last = roots.at(-1);
  if (last === undefined) return sha256();
  return roots.slice(0, -1).reduceRight((right, left) => nodeHash(sha256, left, right), last);
}

/** The perfect subtrees that leaves `from` up to `until` consist of; `from` must start a subtree that large. */
export function perfectNodes(from: number, until: number): readonly Node[] {
  const nodes: Node[] = [];
  let start = from;
  while (start < until) {
    let level = 0;
    let width = 1;
    while (start % (width * 2) === 0 && start + width * 2 <= until) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

function taken(roots: Hash[]): Hash {
  const root = roots.pop();
  if (root === undefined) throw new Error('The frontier has fewer roots than its size needs.');
  return root;
}
