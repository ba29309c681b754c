import { nodeHash, perfectNodes, rootOf } from './tree.ts';
import type { Hash, Node, Sha256 } from './tree.ts';

/** Leaves `from` up to `until`: a part of a tree whose hash a proof names. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** Reads a node's hash; every node asked for lies within the tree. */
export type ReadNode = (node: Node) => Hash;

/**
 * The nodes to read before proving that leaf `index` is in the tree of `size` leaves.
 *
 * `index` counts from 0. Throws RangeError unless `index < size`.
 */
export const inclusionNodes = (index: number, size: number): readonly Node[] =>
  inclusionSpans(index, size).flatMap(({ from, until }) => perfectNodes(from, until));

/**
 * The audit path of leaf `index` in the tree of `size` leaves, from the leaf up.
 * Rule: RFC 6962, section 2.1.1
 */
export const inclusionProof = (
  sha256: Sha256,
  { index, size }: { index: number; size: number },
  read: ReadNode,
): readonly Hash[] => inclusionSpans(index, size).map((span) => hashOf(sha256, span, read));

/** The nodes to read before proving that the tree of `size` leaves only adds to that of `earlier`. */
export const consistencyNodes = (earlier: number, size: number): readonly Node[] =>
  consistencySpans(earlier, size).flatMap(({ from, until }) => perfectNodes(from, until));

/**
 * The proof that the tree of `size` leaves only adds to the tree of `earlier` leaves.
 * Rule: RFC 6962, section 2.1.2
 */
export const consistencyProof = (
  sha256: Sha256,
  { earlier, size }: { earlier: number; size: number },
  read: ReadNode,
): readonly Hash[] => consistencySpans(earlier, size).map((span) => hashOf(sha256, span, read));

/**
 * True if `proof` shows that leaf `index` with `leaf` as its hash is in the tree with this root.
 * Rule: RFC 9162, section 2.1.3.2
 */
export function verifyInclusion(
  sha256: Sha256,
  proof: readonly Hash[],
  claim: { leaf: Hash; index: number; size: number; root: Hash },
): boolean {
  if (claim.index >= claim.size) return false;
  const path = sides(claim.index, claim.size - 1);
  if (path.length !== proof.length) return false;
  const root = proof.reduce(
    (hash, sibling, step) =>
      path[step] === 'left' ? nodeHash(sha256, sibling, hash) : nodeHash(sha256, hash, sibling),
    claim.leaf,
  );
  return equal(root, claim.root);
}

/**
 * True if `proof` shows that the later tree only adds to the earlier one.
 * Rule: RFC 9162, section 2.1.4.2
 */
export function verifyConsistency(
  sha256: Sha256,
  proof: readonly Hash[],
  claim: { earlier: { size: number; root: Hash }; later: { size: number; root: Hash } },
): boolean {
  const { earlier, later } = claim;
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && equal(earlier.root, later.root);
  if (earlier.size === 0) {
    return proof.length === 0 && equal(earlier.root, rootOf(sha256, { size: 0, roots: [] }));
  }
  const [first, ...rest] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  let [node, last] = [earlier.size - 1, later.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const path = sides(node, last);
  if (first === undefined || path.length !== rest.length) return false;
  let [before, after] = [first, first];
  rest.forEach((sibling, step) => {
    const isLeft = path[step] === 'left';
    if (isLeft) before = nodeHash(sha256, sibling, before);
    after = isLeft ? nodeHash(sha256, sibling, after) : nodeHash(sha256, after, sibling);
  });
  return equal(before, earlier.root) && equal(after, later.root);
}

/** From a node up to the root of a level that ends at `last`: on which side each sibling stands. */
function sides(node: number, last: number): readonly ('left' | 'right')[] {
  const path: ('left' | 'right')[] = [];
  let [at, end] = [node, last];
  while (end > 0) {
    const isLeft = at % 2 === 1 || at === end;
    path.push(isLeft ? 'left' : 'right');
    while (isLeft && at % 2 === 0 && at !== 0) [at, end] = [half(at), half(end)];
    [at, end] = [half(at), half(end)];
  }
  return path;
}

function inclusionSpans(index: number, size: number): readonly Span[] {
  if (index < 0 || index >= size) throw new RangeError('There is no such leaf in the tree.');
  const spans: Span[] = [];
  let [from, until] = [0, size];
  while (until - from > 1) {
    const middle = from + largestPowerBelow(until - from);
    if (index < middle) {
      spans.push({ from: middle, until });
      until = middle;
    } else {
      spans.push({ from, until: middle });
      from = middle;
    }
  }
  return spans.reverse();
}

function consistencySpans(earlier: number, size: number): readonly Span[] {
  if (earlier < 0 || earlier > size) throw new RangeError('The earlier tree is the larger one.');
  if (earlier === 0 || earlier === size) return [];
  const spans: Span[] = [];
  let [from, until] = [0, size];
  while (until !== earlier) {
    const middle = from + largestPowerBelow(until - from);
    if (earlier <= middle) {
      spans.push({ from: middle, until });
      until = middle;
    } else {
      spans.push({ from, until: middle });
      from = middle;
    }
  }
  // Where the earlier tree is a whole left subtree, the verifier has its root already.
  return (from === 0 ? spans : [...spans, { from, until }]).reverse();
}

function hashOf(sha256: Sha256, { from, until }: Span, read: ReadNode): Hash {
  const roots = perfectNodes(from, until).map(read);
  return rootOf(sha256, { size: until - from, roots });
}

const half = (value: number): number => (value - (value % 2)) / 2;

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

const isPowerOfTwo = (size: number): boolean => size === 1 || largestPowerBelow(size) * 2 === size;

/** Hashes are public: comparing them need not take constant time. */
const equal = (a: Hash, b: Hash): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
