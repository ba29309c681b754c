import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecurringTexts, compareUtf8, decodeUtf8, utf8Length } from './utf8.ts';

const text = fc.string({ unit: 'binary' });
const encode = (characters: string): Buffer => Buffer.from(characters, 'utf8');

describe('comparing by UTF-8 bytes', () => {
  it('agrees with comparing the bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const order = Math.sign(compareUtf8(a, b)) + 0;
        expect(order).toBe(Buffer.compare(encode(a), encode(b)));
      }),
    );
  });

  it('puts U+FFFD before an emoji, where UTF-16 has it behind', () => {
    expect(compareUtf8('\ufffd', '😀')).toBeLessThan(0);
    expect(['\ufffd', '😀'].sort()).toEqual(['😀', '\ufffd']);
  });

  it('puts a text before any longer one that begins with it', () => {
    expect(compareUtf8('pool:b', 'pool:b#1')).toBeLessThan(0);
    expect(compareUtf8('pool:b', 'pool:b')).toBe(0);
  });
});

describe('decoding', () => {
  it('gives back what was encoded, a byte order mark included', () => {
    fc.assert(
      fc.property(text, (characters) => {
        expect(decodeUtf8(encode(characters))).toBe(characters);
        expect(utf8Length(characters)).toBe(encode(characters).length);
      }),
    );
    expect(decodeUtf8(encode('\ufeff{}'))).toBe('\ufeff{}');
  });

  it.each(['ff', 'c3', 'eda080', 'f4908080', 'c080'])('refuses the bytes %s', (hex) => {
    expect(decodeUtf8(Buffer.from(hex, 'hex'))).toBeNull();
  });

  it('remembers texts without ever mistaking one for another', () => {
    const recurring = new RecurringTexts();
    const fewTexts = fc.constantFrom('ab', 'ba', 'stance-stated', 'stake-changed', 'é', '');
    fc.assert(
      fc.property(fc.oneof(fewTexts, text), (characters) => {
        expect(recurring.decode(encode(characters))).toBe(characters);
      }),
    );
    expect(recurring.decode(Buffer.from('ff', 'hex'))).toBeNull();
  });

  it('keeps a copy: bytes that change afterwards change nothing', () => {
    const recurring = new RecurringTexts();
    const bytes = encode('news-desk');
    expect(recurring.decode(bytes)).toBe('news-desk');
    bytes.write('dews-nesk');
    expect(recurring.decode(bytes)).toBe('dews-nesk');
    expect(recurring.decode(encode('news-desk'))).toBe('news-desk');
  });
});
