import { describe, expect, it } from '@jest/globals';
import { RowBuffer } from './row-buffer.ts';

const written = (write: (rows: RowBuffer) => void): string => {
  const rows = new RowBuffer(1);
  write(rows);
  return rows.bytes.toString('hex');
};

describe('rows for binary COPY', () => {
  it.each([0, 1, -1, 0xffff_ffff, 0x1_0000_0000, -0x1_0000_0000, 2 ** 53 - 1, -(2 ** 53 - 1)])(
    'write the number %p as the bigint',
    (value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(BigInt(value));
      const expected = `00000008${bytes.toString('hex')}`;
      expect(
        written((rows) => {
          rows.int64(value);
        }),
      ).toBe(expected);
      expect(
        written((rows) => {
          rows.int64(BigInt(value));
        }),
      ).toBe(expected);
    },
  );

  it.each([
    '',
    'plain',
    'é',
    'ends in 投資',
    'x'.repeat(64),
    'x'.repeat(65),
    `${'x'.repeat(63)}é`,
    '\u007f\u0080',
    '😀',
  ])('write %p in UTF-8 behind its length', (text) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length);
    expect(
      written((rows) => {
        rows.text(text);
      }),
    ).toBe(Buffer.concat([length, bytes]).toString('hex'));
  });

  it('write nulls, bytes, rows and jsonb', () => {
    const hex = written((rows) => {
      rows.row(3);
      rows.text(null);
      rows.binary(Buffer.of(1, 2));
      rows.json('[]');
    });
    expect(hex).toBe('0003ffffffff0000000201020000000301' + '5b5d');
  });
});
