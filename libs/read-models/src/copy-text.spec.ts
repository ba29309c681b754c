import { describe, expect, it } from '@jest/globals';
import { copyText } from './copy-text.ts';

describe('copyText', () => {
  it('writes every kind of cell as COPY reads it', () => {
    expect(copyText(['a', 1, 2n, true, false, null, [], [1, 2]])).toBe(
      'a\t1\t2\tt\tf\t\\N\t{}\t{1,2}',
    );
  });

  it('escapes what COPY or an array would read as its own', () => {
    expect(copyText(['a\tb\\N\nc\r'])).toBe('a\\tb\\\\N\\nc\\r');
    expect(copyText([['阿里', 'a"b\\c', 'NULL', '']])).toBe(
      '{"阿里","a\\\\"b\\\\\\\\c","NULL",""}',
    );
  });
});
