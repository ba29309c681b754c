import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyNodes,
  consistencyProof,
  inclusionNodes,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './proof.ts';
import { EMPTY, append, leafHash, nodeHash, rootOf } from './tree.ts';
import type { Hash, Node } from './tree.ts';

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The leaves and roots that Certificate Transparency's implementations test RFC 6962 against. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => leafHash(sha256, Buffer.from(text, 'hex')));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** A tree that remembers every node, read the slow way of the RFC's definition. */
function tree(leaves: readonly Hash[]) {
  const read = ({ level, index }: Node): Hash => {
    if (level === 0) return leaves[index]!;
    return nodeHash(
      sha256,
      read({ level: level - 1, index: index * 2 }),
      read({ level: level - 1, index: index * 2 + 1 }),
    );
  };
  const root = (size: number) =>
    rootOf(sha256, append(sha256, EMPTY, leaves.slice(0, size)).frontier);
  return { read, root };
}

/** MTH as RFC 6962 writes it. */
function definedRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(sha256, definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

const someLeaves = (count: number) =>
  Array.from({ length: count }, (_, index) => leafHash(sha256, Buffer.from(String(index))));

describe('the tree', () => {
  it('has the roots of the published vectors', () => {
    const { root } = tree(LEAVES);
    expect(ROOTS.map((_, size) => hex(root(size)))).toEqual(ROOTS);
  });

  it('is the same, however its leaves are batched', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (size, cut) => {
        const leaves = someLeaves(size);
        const first = append(sha256, EMPTY, leaves.slice(0, cut));
        const then = append(sha256, first.frontier, leaves.slice(cut));
        expect(hex(rootOf(sha256, then.frontier))).toBe(hex(definedRoot(leaves)));
        const { read } = tree(leaves);
        for (const node of [...first.completed, ...then.completed]) {
          expect(hex(node.hash)).toBe(hex(read(node)));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('proofs', () => {
  const leaves = someLeaves(70);
  const { read, root } = tree(leaves);

  it('show every leaf in every tree, and nothing else', () => {
    for (let size = 1; size <= 70; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(sha256, { index, size }, read);
        const claim = { leaf: leaves[index]!, index, size, root: root(size) };
        expect(verifyInclusion(sha256, proof, claim)).toBe(true);
        const other = leaves[(index + 1) % 70]!;
        expect(verifyInclusion(sha256, proof, { ...claim, leaf: other })).toBe(false);
        expect(verifyInclusion(sha256, proof.slice(1), claim)).toBe(size === 1);
      }
    }
  });

  it('show that a tree only grew, and refuse one that was rewritten', () => {
    const rewritten = tree([leafHash(sha256, Buffer.from('other')), ...leaves.slice(1)]);
    for (let size = 1; size <= 70; size += 1) {
      for (let earlier = 1; earlier <= size; earlier += 1) {
        const proof = consistencyProof(sha256, { earlier, size }, read);
        const later = { size, root: root(size) };
        const before = { size: earlier, root: root(earlier) };
        expect(verifyConsistency(sha256, proof, { earlier: before, later })).toBe(true);
        const false_ = { size: earlier, root: rewritten.root(earlier) };
        expect(verifyConsistency(sha256, proof, { earlier: false_, later })).toBe(false);
      }
    }
  });

  it('say beforehand which nodes they read', () => {
    const asked: Node[] = [];
    const noting = (node: Node) => {
      asked.push(node);
      return read(node);
    };
    inclusionProof(sha256, { index: 5, size: 70 }, noting);
    expect(asked).toEqual(inclusionNodes(5, 70));
    asked.length = 0;
    consistencyProof(sha256, { earlier: 13, size: 70 }, noting);
    expect(asked).toEqual(consistencyNodes(13, 70));
  });

  it('refuse what is no leaf and no earlier tree', () => {
    expect(() => inclusionNodes(70, 70)).toThrow(RangeError);
    expect(() => consistencyNodes(71, 70)).toThrow(RangeError);
  });
});
