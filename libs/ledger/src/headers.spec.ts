import { describe, expect, it } from '@jest/globals';
import type { Header } from '#libs/events';
import { decodeHeaders, encodeHeaders } from './headers.ts';

describe('headers', () => {
  it('writes the record format v2', () => {
    // Zigzag varints: count 2; name of 1 byte, value of 1 byte; name of 1 byte, null.
    expect(
      Buffer.from(
        encodeHeaders([
          ['a', Buffer.from('1')],
          ['b', null],
        ]),
      ).toString('hex'),
    ).toBe('0402610231026201');
  });

  it('keeps order, repeats, nulls, empties and odd names', () => {
    const list: Header[] = [
      ['b', Buffer.from('1')],
      ['a', null],
      ['b', Buffer.alloc(0)],
      ['__proto__', Buffer.from('x')],
      ['', Buffer.alloc(300, 7)],
      ['投資', Buffer.from([0xff, 0xfe])],
    ];
    expect(decodeHeaders(encodeHeaders(list))).toEqual(list);
  });

  it('reads 100,000 of them at once', () => {
    const list = Array.from({ length: 100_000 }, (_, n): Header => [`h${n}`, Buffer.from('v')]);
    expect(decodeHeaders(encodeHeaders(list))).toHaveLength(100_000);
  });

  it.each(['', '02', '0202', '020261', '0202610231ff', '00ff', 'ffffffffffff', '020161'])(
    'refuses %p',
    (hex) => {
      expect(() => decodeHeaders(Buffer.from(hex, 'hex'))).toThrow(RangeError);
    },
  );
});
