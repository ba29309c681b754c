import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { leafData, leafHash } from './leaf.ts';

describe('leaf', () => {
  const fields = {
    position: 42,
    recordedAt: 1_764_000_000_123_456n,
    topic: 'deal-ledger.history',
    partition: 3,
    offset: 987_654_321_012n,
    key: null,
    value: Buffer.from('{"party":"月之暗面"}'),
    headers: Buffer.from('0402610231026201', 'hex'),
  };

  it('is made as it always was: a change here breaks every proof given', () => {
    // Computed apart from this code, with Python's struct and hashlib.
    expect(leafData(fields).toString('hex')).toBe(
      '000000146465616c2d6c65646765722f656e7472792f763100000008000000000000002a' +
        '000000080006445941642240000000136465616c2d6c65646765722e686973746f7279' +
        '00000008000000000000000300000008000000e5f4c8f374ffffffff00000018' +
        '7b227061727479223a22e69c88e4b98be69a97e99da2227d000000080402610231026201',
    );
    expect(leafHash(fields).toString('hex')).toBe(
      '7e634aebdfbd9c3aa4cac0cd745774c4569bad1c3195800cf7ea5959bc6d1aec',
    );
  });

  it('hashes a leaf behind a zero byte (RFC 6962, 2.1)', () => {
    const expected = createHash('sha256').update(Buffer.of(0)).update(leafData(fields)).digest();
    expect(leafHash(fields)).toEqual(expected);
  });

  it('tells null from empty, and every field from its neighbour', () => {
    const empty = Buffer.alloc(0);
    const variants = [
      fields,
      { ...fields, key: empty },
      { ...fields, position: 43 },
      { ...fields, recordedAt: fields.recordedAt + 1n },
      { ...fields, topic: 'deal-ledger.histor' },
      { ...fields, partition: 4 },
      { ...fields, offset: fields.offset + 1n },
      { ...fields, value: fields.headers, headers: fields.value },
      { ...fields, headers: empty },
    ];
    const hashes = new Set(variants.map((variant) => leafHash(variant).toString('hex')));
    expect(hashes.size).toBe(variants.length);
  });
});
